package org.kvantenergo.adapter.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When a module that behaves as the protocol means it was last heard of: while there are such, the
 * lanes hold back those who send much, and take turns with them. Shared by all lanes, because they
 * share one database. Any thread.
 */
final class Traffic {

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long BULK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LongSupplier nanos;
  private final AtomicLong bulkAt;
  private volatile long promptAt;

  Traffic() {
    this(System::nanoTime);
  }

  /**
   * @param nanos a clock that never goes back, ns
   */
  Traffic(LongSupplier nanos) {
    this.nanos = nanos;
    this.bulkAt = new AtomicLong(nanos.getAsLong());
    this.promptAt = nanos.getAsLong() - QUIET_NANOS;
  }

  void prompt() {
    promptAt = nanos.getAsLong();
  }

  boolean quiet() {
    return nanos.getAsLong() - promptAt >= QUIET_NANOS;
  }

  /** How long whoever sends much still waits, ns; 0 or less = not at all. */
  long bulkTurn() {
    return quiet() ? 0 : bulkAt.get() - nanos.getAsLong();
  }

  /** Takes the turn for one lane; false if another was quicker. */
  boolean takeBulkTurn() {
    if (quiet()) {
      return true;
    }
    long due = bulkAt.get();
    long now = nanos.getAsLong();
    return now - due >= 0 && bulkAt.compareAndSet(due, now + BULK_PAUSE_NANOS);
  }
}
