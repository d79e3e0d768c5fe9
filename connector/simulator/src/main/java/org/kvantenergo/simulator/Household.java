package org.kvantenergo.simulator;

import java.time.Instant;

/** Water that a household uses over the day: little at night, most in the morning and evening. */
final class Household {

  /** Share of the day's water in each hour, thousandths; Moscow time. */
  private static final int[] SHARES = {
    8, 5, 4, 4, 6, 18, 55, 90, 80, 50, 38, 35, 38, 36, 32, 32, 38, 52, 75, 90, 86, 66, 41, 21
  };

  private static final int ZONE_SECONDS = 3 * 3600;
  private static final int DAY_SECONDS = 24 * 3600;
  private static final double[] UNTIL = new double[25];

  static {
    for (int hour = 0; hour < 24; hour++) {
      UNTIL[hour + 1] = UNTIL[hour] + SHARES[hour] / 1000.0;
    }
  }

  private final double daily;

  /**
   * A household.
   *
   * @param daily water of a day, m³
   */
  Household(double daily) {
    this.daily = daily;
  }

  /** Water used between two instants, m³. */
  double volume(Instant from, Instant to) {
    return daily * (days(to) - days(from));
  }

  private static double days(Instant instant) {
    long local = instant.getEpochSecond() + ZONE_SECONDS;
    int second = (int) Math.floorMod(local, (long) DAY_SECONDS);
    int hour = second / 3600;
    double within = UNTIL[hour] + (UNTIL[hour + 1] - UNTIL[hour]) * (second % 3600) / 3600;
    return Math.floorDiv(local, (long) DAY_SECONDS) + within;
  }
}
