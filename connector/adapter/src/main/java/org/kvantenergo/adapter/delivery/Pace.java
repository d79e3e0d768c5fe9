package org.kvantenergo.adapter.delivery;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Says when a device's next frame is wanted in the database. Who reports is wanted at once; who
 * sends more is wanted later with every frame, by as much as it sends, and is forgiven by a rest.
 * Guarded by its lane.
 *
 * <p>Devices share accounts by a hash that nobody outside knows: no account is ever forgotten, so
 * that a device's later frame is never wanted before its earlier one, and whoever invents serials
 * gains nothing by it and takes no memory.
 */
final class Pace {

  /** Frames of a few records that a device may send at once before it is wanted later, 3.2 s. */
  static final int BURST = 32;

  /** So many records more cost as much as a frame: sixteen times as quickly stored as alone. */
  static final int RECORDS = 16;

  /** What a frame costs, ns: a device that sends ten a second is never wanted later. */
  static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How much later than now a frame is wanted at most, ns: within the patience of a session. */
  static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long BURST_NANOS = BURST * FRAME_NANOS;

  /** Until when each account has paid, ns. */
  private final long[] paid;

  private final long hash;
  private final int shift;

  /**
   * Nobody has sent anything yet.
   *
   * @param bits for 2 to their power of accounts, 1..30
   * @param secret what the accounts of devices depend on
   */
  Pace(int bits, long secret) {
    paid = new long[1 << bits];
    shift = Long.SIZE - bits;
    hash = secret | 1;
    Arrays.fill(paid, -BURST_NANOS);
  }

  /**
   * When a device's frame is wanted; never earlier than the one before it.
   *
   * @param device any number that stands for it
   * @param now ns since the program began; never goes back
   * @param records of the frame; 0 = it costs nothing
   */
  long wanted(long device, long now, int records) {
    int account = (int) ((device * hash) >>> shift);
    if (records > 0) {
      long cost = FRAME_NANOS * (1 + (records - 1) / RECORDS);
      long before = Math.max(now - BURST_NANOS, paid[account]);
      paid[account] = Math.min(now + MOST_NANOS, before + cost);
    }
    return Math.max(now, paid[account]);
  }
}
