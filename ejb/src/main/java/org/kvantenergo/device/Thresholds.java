package org.kvantenergo.device;

import java.time.Duration;

/**
 * From where on a device shows a sign that it needs attention: once for the table, its filters, the
 * fleet's figures and their numbers.
 */
public final class Thresholds {

  /** More of its own exchange periods than this without a packet: it is silent. */
  public static final int SILENT_PERIODS = 2;

  /** More of its own exchange periods than this without a packet: it is lost. */
  public static final int LOST_PERIODS = 6;

  /** At this voltage or below the battery is low, V. */
  public static final float BATTERY_LOW = 3.40f;

  /** At this voltage or below the battery is as good as empty, V. */
  public static final float BATTERY_EMPTY = 3.20f;

  /** A clock that is further off than this at the last contact has drifted. */
  public static final Duration CLOCK_OFF = Duration.ofMinutes(5);

  private Thresholds() {}

  /**
   * Whether a device has been silent for more than so many of its own periods. Without a period, 0,
   * it never is.
   *
   * @param silence since its newest packet was received
   * @param periodMinutes its exchange period, min
   */
  public static boolean silent(Duration silence, int periodMinutes, int periods) {
    return periodMinutes > 0
        && silence.compareTo(Duration.ofMinutes((long) periodMinutes * periods)) > 0;
  }
}
