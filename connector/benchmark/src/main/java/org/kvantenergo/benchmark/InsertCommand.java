package org.kvantenergo.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.kvantenergo.benchmark.insert.BareInsert;
import org.kvantenergo.benchmark.insert.BareSchema;
import org.kvantenergo.benchmark.insert.Connections;
import org.kvantenergo.benchmark.insert.Figures;
import org.kvantenergo.benchmark.insert.Point;
import org.kvantenergo.benchmark.insert.Sweep;
import org.kvantenergo.benchmark.insert.Way;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "insert",
    mixinStandardHelpOptions = true,
    description =
        "Store made-up records and the states of their devices as a server does, by plain JDBC, in a"
            + " schema of its own (bare), which is dropped at the end.")
final class InsertCommand implements Callable<Integer> {

  @Option(names = "--url", required = true, description = "jdbc:postgresql://HOST:PORT/DATABASE")
  private String url;

  @Option(names = "--user", required = true, description = "Who may make a schema there.")
  private String user;

  @Option(names = "--password", description = "Default: none.")
  private String password;

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "Devices that have one frame unanswered each. Default: ${DEFAULT-VALUE}.")
  private int devices = 1000;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records of a device in a batch, 1..64. Default: ${DEFAULT-VALUE}.")
  private int records = 1;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "Run so long before measuring; with --sweep before each point. Default: 5s.")
  private Duration warmUp = Duration.ofSeconds(5);

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Measure so long; with --sweep at each point. Default: 10s.")
  private Duration duration = Duration.ofSeconds(10);

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Records that share a commit, cut to whole frames and to one of each device. Default:"
              + " ${DEFAULT-VALUE}.")
  private int batch = 1024;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections at once. Default: ${DEFAULT-VALUE}.")
  private int connections = 2;

  @Option(names = "--way", paramLabel = "WAY", description = "unnest or copy. Default: unnest.")
  private Way way = Way.UNNEST;

  @Option(names = "--sweep", description = "Try batches, connections and ways; the best counts.")
  private boolean sweep;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Connections source = () -> DriverManager.getConnection(url, user, password);
    BareInsert insert;
    List<Point> points;
    try {
      insert = new BareInsert(source, clock, devices, records);
      points =
          sweep
              ? Sweep.points(insert)
              : List.of(insert.possible(new Point(batch, connections, way)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    List<Figures> figures = new ArrayList<>();
    try (BareSchema schema = BareSchema.make(source, clock, devices)) {
      for (Point point : points) {
        schema.clear();
        figures.add(
            insert.measure(point, warmUp, duration, sweep ? new BareInsert.Watch() {} : marks()));
        print(figures.get(figures.size() - 1));
      }
    }
    Figures best =
        figures.stream().max(Comparator.comparingDouble(Figures::recordsPerSecond)).orElseThrow();
    if (json != null) {
      Files.writeString(json, json(best, figures));
    }
    return 0;
  }

  /** Lines for a program that looks at the database meanwhile. */
  private BareInsert.Watch marks() {
    PrintWriter out = spec.commandLine().getOut();
    return new BareInsert.Watch() {
      @Override
      public void begins() {
        out.println("Measuring");
        out.flush();
      }

      @Override
      public void ends() {
        out.println("Measured");
        out.flush();
      }
    };
  }

  private void print(Figures figures) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%-6s  %d connections  batch %5d  %8.0f records/s%n",
        figures.point().way().name().toLowerCase(Locale.ROOT),
        figures.point().connections(),
        figures.point().batch(),
        figures.recordsPerSecond());
    out.flush();
  }

  private static String json(Figures best, List<Figures> all) {
    return "{%s,%n \"sweep\": [%n  %s]}%n"
        .formatted(
            members(best),
            all.stream()
                .map(figures -> "{" + members(figures) + "}")
                .collect(Collectors.joining(",\n  ")));
  }

  private static String members(Figures figures) {
    return String.format(
        Locale.ROOT,
        "\"recordsPerSecond\": %.1f, \"batch\": %d, \"connections\": %d, \"way\": \"%s\","
            + " \"seconds\": %.3f, \"records\": %d, \"cpuSeconds\": %.3f",
        figures.recordsPerSecond(),
        figures.point().batch(),
        figures.point().connections(),
        figures.point().way().name().toLowerCase(Locale.ROOT),
        figures.seconds(),
        figures.records(),
        figures.cpuSeconds());
  }
}
