package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.kvantenergo.launcher.fill.FillOrder;

/**
 * Two stages side by side, alike but for the archive: loads take turns on them, so that what
 * disturbs the machine for minutes disturbs both. The one that is not asked is idle.
 *
 * @param empty whose archive has nothing in it
 * @param full whose archive has the past of every device that reports
 */
record Archives(Stage empty, Stage full) implements AutoCloseable {

  /** A record with its index, what sorting takes for a while, and some more for safety. */
  static final long BYTES_OF_A_RECORD = 320;

  /** For the logs of both databases, and what the loads themselves bring. */
  static final long RESERVE = 20_000_000_000L;

  /** Starts both and fills the one. */
  static Archives open(Place place, BenchOptions options, Suite suite, Consumer<String> lines)
      throws IOException, InterruptedException, SQLException {
    Map<String, String> devices = suite.devices();
    Stage empty = Stage.open(place.in("empty"), options, devices);
    try {
      Stage full = Stage.open(place.in("full"), options, devices);
      Archives archives = new Archives(empty, full);
      try {
        Instant until = Instant.now().truncatedTo(ChronoUnit.HOURS);
        long free = Files.getFileStore(place.folder()).getUsableSpace();
        int fleet = suite.modules();
        int records = records(options.archiveRecords(), fleet, until, free);
        if (records < options.archiveRecords()) {
          lines.accept(
              String.format(
                  Locale.ROOT,
                  "The archive is filled with %,d records only: the disk has %.1f GB left, the"
                      + " fleet is %,d modules.",
                  records,
                  free / 1e9,
                  fleet));
        }
        int connections = Runtime.getRuntime().availableProcessors();
        full.fillArchive(new FillOrder(records, fleet, until, connections), lines);
        return archives;
      } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
        full.discard();
        throw e;
      }
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      empty.discard();
      throw e;
    }
  }

  /**
   * How many records there is room and past for.
   *
   * @param wished how many are asked for
   * @param fleet modules that report every hour
   * @param until their newest hour's end
   * @param free bytes of the disk
   * @return 1 or more
   */
  static int records(int wished, int fleet, Instant until, long free) {
    long fitting = Math.max(1, (free - RESERVE) / BYTES_OF_A_RECORD);
    return (int) Math.min(wished, Math.min(fitting, FillOrder.most(fleet, until)));
  }

  /** The one that a subject is to be measured on. */
  Stage of(Subject subject) {
    return subject instanceof OnArchive on && !on.full() ? empty : full;
  }

  /** Stops both; the databases are not kept. */
  @Override
  public void close() throws IOException {
    try {
      full.discard();
    } finally {
      empty.discard();
    }
  }
}
