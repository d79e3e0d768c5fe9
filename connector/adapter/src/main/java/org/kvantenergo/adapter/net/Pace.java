package org.kvantenergo.adapter.net;

/**
 * Tells a session that sends much from one that reports. A module's session has a few frames, a
 * kept one a few a minute; who goes on sending beyond that is served when others are, and gets back
 * to the front after a rest. Used by one thread.
 */
final class Pace {

  /** Frames of one record that a session may send before it counts as one that sends much. */
  static final int BURST = 32;

  /**
   * So many records more cost as much as a frame: sixteen times as quickly stored as sent alone.
   */
  static final int RECORDS = 16;

  private static final long FRAME_NANOS = 100_000_000L;

  private long credit = BURST * FRAME_NANOS;
  private long at;
  private boolean bulk;

  Pace(long now) {
    at = now;
  }

  /**
   * A frame came.
   *
   * @param records in it, 1 or more
   * @param owing whether answers to earlier ones are still out: then the order must stay
   */
  void frame(long now, int records, boolean owing) {
    credit = Math.min(BURST * FRAME_NANOS, credit + now - at);
    at = now;
    if (bulk && !owing && credit == BURST * FRAME_NANOS) {
      bulk = false;
    }
    credit = Math.max(0, credit - FRAME_NANOS * (1 + (records - 1) / RECORDS));
    bulk |= credit == 0;
  }

  /** Whether it sends much. */
  boolean bulk() {
    return bulk;
  }
}
