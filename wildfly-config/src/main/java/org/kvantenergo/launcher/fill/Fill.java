package org.kvantenergo.launcher.fill;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.LaunchException;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.launcher.Options;
import org.kvantenergo.launcher.RunFolder;
import org.kvantenergo.launcher.Settings;

/**
 * {@code mvn -Pfill}: fills the archive of the demo in the data folder, whether it runs or not, or
 * that of an external database. Whatever is wrong is one numbered line and exit code 1.
 */
public final class Fill {
  private static final int MOST_RECORDS = 1_000_000_000;
  private static final int MOST_DEVICES = 5_000_000;

  private Fill() {}

  /** Argument: the project folder. */
  public static void main(String[] args) throws InterruptedException {
    try {
      Settings settings = Settings.ofThisProcess();
      run(Options.read(settings, Path.of(args[0])), order(settings, Clock.systemUTC()));
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (SQLException e) {
      System.err.println(LaunchMessage.FILL_FAILED.line(e.getMessage().lines().findFirst().get()));
      System.exit(1);
    }
  }

  private static FillOrder order(Settings settings, Clock clock) {
    int devices = settings.number("kvant.fill.devices", 10_000, 1, MOST_DEVICES);
    var until = clock.instant().truncatedTo(ChronoUnit.HOURS);
    int most = (int) Math.min(MOST_RECORDS, FillOrder.most(devices, until));
    return new FillOrder(
        settings.number("kvant.fill.records", Math.min(1_000_000, most), 1, most),
        devices,
        until,
        settings.number(
            "kvant.fill.connections", Runtime.getRuntime().availableProcessors(), 1, 64));
  }

  private static void run(Options options, FillOrder order)
      throws SQLException, InterruptedException {
    if (options.database().isPresent()) {
      fill(options.database().get(), null, order);
      return;
    }
    Path folder = options.dataFolder().resolve("postgres");
    Optional<DatabaseAddress> running = EmbeddedDatabase.running(folder);
    if (running.isPresent()) {
      fill(running.get(), folder, order);
      return;
    }
    try (RunFolder taken = RunFolder.take(options.dataFolder())) {
      taken.requireFit(true);
      try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
        fill(database.address(), folder, order);
      }
    }
  }

  private static void fill(DatabaseAddress address, Path disk, FillOrder order)
      throws SQLException, InterruptedException {
    ArchiveFiller.Filled filled = ArchiveFiller.fill(address, disk, order, System.out::println);
    System.out.printf(
        Locale.ROOT,
        "Filled: %,d records in %,.0f s, %,.0f records/s, %.0f bytes each with the index%n",
        filled.records(),
        filled.seconds(),
        filled.rate(),
        filled.bytesOfARecord());
  }
}
