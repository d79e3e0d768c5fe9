package org.kvantenergo.launcher.audit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.LaunchException;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.launcher.Options;
import org.kvantenergo.launcher.RunFolder;
import org.kvantenergo.launcher.Settings;

/**
 * {@code mvn -Paudit}: verifies the audit of the data folder's database, whether it runs or not, or
 * of an external one. Whatever is wrong is one numbered line and exit code 1.
 */
public final class Audit {
  private static final String KNOWN = "kvant.audit.known";
  private static final Pattern LINK = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

  private Audit() {}

  /** Argument: the project folder. */
  public static void main(String[] args) throws InterruptedException {
    try {
      Settings settings = Settings.ofThisProcess();
      run(Options.read(settings, Path.of(args[0])), known(settings));
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (SQLException e) {
      System.err.println(LaunchMessage.AUDIT_UNREAD.line(e.getMessage().lines().findFirst().get()));
      System.exit(1);
    }
  }

  private static AuditChain.Link known(Settings settings) {
    Optional<String> given = settings.text(KNOWN);
    if (given.isEmpty()) {
      return null;
    }
    Matcher link = LINK.matcher(given.get());
    if (!link.matches()) {
      throw LaunchMessage.WRONG_OPTION.exception(KNOWN, given.get(), "a link NUMBER:HASH");
    }
    return new AuditChain.Link(Long.parseLong(link.group(1)), link.group(2));
  }

  // The folder is held, not used: nobody else starts on it meanwhile.
  @SuppressWarnings("try")
  private static void run(Options options, AuditChain.Link known)
      throws SQLException, InterruptedException {
    if (options.database().isPresent()) {
      verify(options.database().get(), known);
      return;
    }
    Path folder = options.dataFolder().resolve("postgres");
    Optional<DatabaseAddress> running = EmbeddedDatabase.running(folder);
    if (running.isPresent()) {
      verify(running.get(), known);
      return;
    }
    try (RunFolder taken = RunFolder.take(options.dataFolder());
        EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      verify(database.address(), known);
    }
  }

  private static void verify(DatabaseAddress address, AuditChain.Link known) throws SQLException {
    AuditChain.Verdict verdict = AuditChain.verify(address, known);
    if (verdict.fault() != null) {
      throw LaunchMessage.AUDIT_BROKEN.exception(address.url(), verdict.fault(), verdict.last());
    }
    System.out.println(
        "The audit is whole: "
            + verdict.last().id()
            + " rows. To verify later that none of them has changed: -D"
            + KNOWN
            + "="
            + verdict.last());
  }
}
