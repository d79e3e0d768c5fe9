package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.kvantenergo.wire.packet.Reading;

/**
 * The values of one meter and its module as a function of time, so that a second run of the same
 * fleet goes on where the first one ended, without a state file.
 */
final class VirtualMeter {

  /** Status of a scheduled slice, reading valid (docs/protocol.md, "Status bits"). */
  static final int SLICE = 4097;

  /** Status of a record outside the schedule, reading valid. */
  static final int INSTANTANEOUS = 8193;

  private static final Instant FIRST_INSTALLED = Instant.parse("2024-01-01T00:00:00Z");
  private static final long RUNNING_HOURS_PER_PERCENT = 900;
  private static final long DAY_MILLIS = 86_400_000;

  private final Instant installed;
  private final Household household;
  private final double warmth;
  private final double freshBattery;
  private final double drainPerYear;
  private final int rssi;
  private long lastNumber;

  /**
   * A meter.
   *
   * @param seed same seed, same meter
   */
  VirtualMeter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    installed = FIRST_INSTALLED.plus(Duration.ofHours(random.nextInt(365 * 24)));
    household = new Household(random.nextDouble(0.08, 0.55));
    warmth = random.nextDouble(14, 23);
    freshBattery = random.nextDouble(3.58, 3.66);
    drainPerYear = random.nextInt(20) == 0 ? random.nextDouble(0.1, 0.25) : 0.03;
    rssi = -random.nextInt(62, 104);
  }

  /**
   * The next record.
   *
   * @param now true time, whatever the module's clock shows
   * @param moduleTime module's clock, u32 s
   * @param meterTime boundary of the period in true time
   * @param period how often the module reports
   * @param status status word
   */
  Reading read(Instant now, long moduleTime, Instant meterTime, Duration period, int status) {
    long age = Duration.between(installed, meterTime).toMillis();
    long number = Math.max(lastNumber + 1, age / period.toMillis());
    lastNumber = number;
    double hours = age / 3_600_000.0;
    double day = now.getEpochSecond() % 86_400 / 86_400.0;
    SplittableRandom noise = new SplittableRandom(number ^ installed.getEpochSecond());
    double temperature =
        warmth + 2.5 * Math.sin(2 * Math.PI * (day - 0.4)) + noise.nextDouble(-0.2, 0.2);
    double battery = freshBattery - drainPerYear * hours / 8766 + noise.nextDouble(-0.002, 0.002);
    return new Reading(
        number & 0xFFFF_FFFFL,
        moduleTime,
        meterTime.getEpochSecond(),
        Decimals.round(household.volume(installed, meterTime), 7),
        (float) Decimals.round(hours / RUNNING_HOURS_PER_PERCENT, 4),
        (float) Decimals.round(temperature, 6),
        (float) battery,
        0,
        0,
        0,
        0,
        0,
        status,
        rssi + noise.nextInt(-3, 4),
        0,
        (int) Math.max(1, Math.min(0xFFFF, period.toMinutes())),
        number & 0xFFFF_FFFFL,
        (int) Math.min(0xFFFF, DAY_MILLIS / period.toMillis()));
  }
}
