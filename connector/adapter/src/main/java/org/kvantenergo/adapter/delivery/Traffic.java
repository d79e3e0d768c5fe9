package org.kvantenergo.adapter.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the lanes of a node know of each other, because they share one database: when something last
 * came that is wanted at once, and when a batch of what is wanted later may go beside it. Any
 * thread.
 */
final class Traffic {

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** So many times as long as such a batch took, the next one waits. */
  private static final int REST = 3;

  private final LongSupplier nanos;
  private final long began;
  private final AtomicLong turnAt = new AtomicLong();
  private volatile long turnTook;
  private volatile long onTimeAt = -QUIET_NANOS;

  Traffic() {
    this(System::nanoTime);
  }

  /**
   * Nothing has come yet.
   *
   * @param nanos a clock that never goes back, ns
   */
  Traffic(LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** The one clock of all lanes: ns since they were made. */
  long now() {
    return nanos.getAsLong() - began;
  }

  /** Something came that is wanted at once. */
  void onTime(long now) {
    onTimeAt = now;
  }

  /** Whether nobody else would be held up. */
  boolean quiet(long now) {
    return now - onTimeAt >= QUIET_NANOS;
  }

  /** How long what is wanted later waits for its turn, ns; 0 or less = not at all. */
  long turnIn(long now) {
    return Math.min(turnAt.get(), onTimeAt + QUIET_NANOS) - now;
  }

  /** Takes the turn for one lane; false if it is not time yet or another lane was quicker. */
  boolean takeTurn(long now) {
    long due = turnAt.get();
    return due <= now && turnAt.compareAndSet(due, now + (1 + REST) * turnTook);
  }

  /** A turn is over. */
  void turnTook(long now, long nanos) {
    turnTook = nanos;
    turnAt.accumulateAndGet(now + REST * nanos, Math::max);
  }
}
