package org.kvantenergo.launcher.fill;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.kvantenergo.simulator.FleetHistory;

/**
 * What an archive is to be filled with: the slices of the last full hours, of so many modules,
 * until there are enough. Rows are numbered from 0 in the order in which they would have come: hour
 * by hour, within an hour module by module. Only the earliest hour may lack modules, the last ones.
 *
 * @param records how many, 1 or more
 * @param devices modules of the fleet, from the first on, 1 or more
 * @param until a full hour; the newest slice is that of the hour before
 * @param connections to the database that write at the same time, 1 or more
 */
public record FillOrder(long records, int devices, Instant until, int connections) {

  /** Checks the ranges, and that the fleet was there all the time. */
  public FillOrder {
    if (records < 1 || devices < 1 || connections < 1) {
      throw new IllegalArgumentException(
          "%d records of %d devices by %d connections".formatted(records, devices, connections));
    }
    if (!until.equals(until.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException("not a full hour: " + until);
    }
    if (until.isBefore(FleetHistory.BEGIN) || records > most(devices, until)) {
      throw new IllegalArgumentException(
          "%d modules that report every hour have not made %d records from %s to %s"
              .formatted(devices, records, FleetHistory.BEGIN, until));
    }
  }

  /** The largest number of records that so many modules can have made until then. */
  public static long most(int devices, Instant until) {
    return devices * Duration.between(FleetHistory.BEGIN, until).toHours();
  }

  /** How many hours the records take, 1 or more. */
  long hours() {
    return (records + devices - 1) / devices;
  }

  /** The earliest slice's hour. */
  Instant from() {
    return until.minus(Duration.ofHours(hours()));
  }

  /** The newest slice's hour. */
  Instant newest() {
    return until.minus(Duration.ofHours(1));
  }

  /**
   * The hour of a slice.
   *
   * @param row 0 to records - 1
   */
  Instant hour(long row) {
    return from().plus(Duration.ofHours((row + missing(row)) / devices));
  }

  /**
   * Which module made it.
   *
   * @param row 0 to records - 1
   * @return 0 to devices - 1
   */
  int device(long row) {
    return (int) ((row + missing(row)) % devices);
  }

  /** How many rows are of hours before this one. */
  long rowsBefore(Instant hour) {
    long hours = Duration.between(from(), hour).toHours();
    return hours <= 0 ? 0 : Math.min(records, hours * devices - gap());
  }

  /** How many modules the earliest hour lacks. */
  private long gap() {
    return hours() * devices - records;
  }

  private long missing(long row) {
    return row < devices - gap() ? 0 : gap();
  }
}
