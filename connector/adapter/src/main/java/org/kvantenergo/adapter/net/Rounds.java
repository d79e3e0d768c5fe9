package org.kvantenergo.adapter.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How often an event loop looks for news: at most every half millisecond. Under load so much has
 * come by then that one waking serves many sessions; who comes to a loop that was idle waits for
 * nothing. One a loop, on its thread.
 */
final class Rounds implements SelectStrategy {

  private static final long ROUND_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final LongSupplier nanos;
  private final LongConsumer park;
  private long looked;

  Rounds() {
    this(System::nanoTime, LockSupport::parkNanos);
  }

  /** With a clock and a way to let time pass, both in ns. */
  Rounds(LongSupplier nanos, LongConsumer park) {
    this.nanos = nanos;
    this.park = park;
    this.looked = nanos.getAsLong() - ROUND_NANOS;
  }

  @Override
  public int calculateStrategy(IntSupplier lookNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      return lookNow.get();
    }
    long early = looked + ROUND_NANOS - nanos.getAsLong();
    if (early > 0) {
      park.accept(early);
    }
    looked = nanos.getAsLong();
    return SELECT;
  }
}
