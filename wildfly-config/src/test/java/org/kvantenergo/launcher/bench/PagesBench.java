package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.LaunchException;
import org.kvantenergo.launcher.Options;
import org.kvantenergo.launcher.RunFolder;
import org.kvantenergo.launcher.Settings;

/**
 * {@code mvn -Ppages}: asks the archive that {@code mvn -Pfill} has filled what the monitoring page
 * asks, by the very classes of the server, and writes how long the answers took into
 * docs/performance.md. Nothing is judged here: a busy machine answers later.
 */
public final class PagesBench {

  private static final int RUNS = 100;
  private static final int WARM_UP = 5;

  private PagesBench() {}

  /** Argument: the project folder. */
  public static void main(String[] args) throws IOException, SQLException {
    Settings settings = Settings.ofThisProcess();
    Path root = Path.of(args[0]);
    try {
      Options options = Options.read(settings, root);
      int runs = settings.number("kvant.pages.runs", RUNS, 1, 100_000);
      String only = settings.text("kvant.pages.only").orElse("");
      if (options.database().isPresent()) {
        measure(options.database().get(), root, runs, only);
        return;
      }
      Path folder = options.dataFolder().resolve("postgres");
      Optional<DatabaseAddress> running = EmbeddedDatabase.running(folder);
      if (running.isPresent()) {
        measure(running.get(), root, runs, only);
        return;
      }
      try (RunFolder taken = RunFolder.take(options.dataFolder());
          EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
        taken.requireFit(true);
        measure(database.address(), root, runs, only);
      }
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void measure(DatabaseAddress address, Path root, int runs, String only)
      throws IOException, SQLException {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.user(), address.password())) {
      List<PageQuestions.Question> questions =
          PageQuestions.of(always(connection), connection).stream()
              .filter(question -> question.part().contains(only))
              .toList();
      List<double[]> millis = questions.stream().map(question -> new double[runs]).toList();
      List<String> answers = new ArrayList<>();
      for (PageQuestions.Question question : questions) {
        answers.add(question.ask().get());
      }
      // In turn, so that what disturbs the machine for a while disturbs all of them.
      for (int run = -WARM_UP; run < runs; run++) {
        for (int i = 0; i < questions.size(); i++) {
          long before = System.nanoTime();
          answers.set(i, questions.get(i).ask().get());
          if (run >= 0) {
            millis.get(i)[run] = (System.nanoTime() - before) / 1e6;
          }
        }
      }
      PagesFigures figures = new PagesFigures(questions, answers, millis);
      String section =
          figures.section(
              LocalDate.now(ZoneOffset.UTC).toString(),
              Machine.look(address).text(),
              size(connection, "select count(*) from device"),
              size(
                  connection,
                  "select sum(reltuples)::bigint from pg_class where relkind = 'r' and"
                      + " relname like 'reading\\_2%'"),
              runs);
      System.out.println(section);
      if (only.isEmpty()) {
        PagesFigures.write(root.resolve("docs").resolve("performance.md"), section);
      }
    }
  }

  private static long size(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** One connection for all, as a pool that is never empty. */
  private static DataSource always(Connection connection) {
    ClassLoader loader = PagesBench.class.getClassLoader();
    Connection open =
        (Connection)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> open);
  }
}
