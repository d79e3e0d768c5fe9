package org.kvantenergo.reading.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When a module that comes every so many minutes, each time at its own second, comes next. */
final class Rhythm {

  /** What comes within a twentieth of a period after a contact is that contact. */
  private static final int SOON = 20;

  private Rhythm() {}

  /**
   * The first beat after the newest. The beat is the median of how far the last ones lie off the
   * newest one's: a module that was late once is not expected late.
   *
   * @param came when the last ones were received, newest first, at least one
   * @param periodMinutes 1 or more
   */
  static Instant next(List<Instant> came, int periodMinutes) {
    long period = Duration.ofMinutes(periodMinutes).toMillis();
    Instant newest = came.get(0);
    long[] off =
        came.stream()
            .mapToLong(
                at ->
                    Math.floorMod(Duration.between(newest, at).toMillis() + period / 2, period)
                        - period / 2)
            .sorted()
            .toArray();
    long usual = off[(off.length - 1) / 2];
    Instant next = newest.plusMillis(usual);
    return usual < period / SOON ? next.plusMillis(period) : next;
  }
}
