package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * The session counter of a device with a key: grows with every session, and from run to run, since
 * it follows the clock: tenths of a second since 2025, which fit into a u32 until 2038. Used by one
 * thread.
 */
public final class SessionCounter {

  private static final Instant ZERO = Instant.parse("2025-01-01T00:00:00Z");
  private static final int TENTH_MILLIS = 100;

  private long last;

  /** The counter of the next session, u32. */
  public long next(Instant now) {
    last = Math.max(last + 1, Duration.between(ZERO, now).toMillis() / TENTH_MILLIS);
    return last & 0xFFFF_FFFFL;
  }

  /** Of the last session; 0 before the first. */
  long last() {
    return last;
  }

  /** Goes on from an earlier run. */
  void restore(long lastOfThen) {
    last = Math.max(last, lastOfThen);
  }
}
