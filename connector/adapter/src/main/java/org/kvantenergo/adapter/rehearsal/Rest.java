package org.kvantenergo.adapter.rehearsal;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the JIT has come to rest: whether it worked less than a twentieth of the last five
 * seconds. A machine without such a figure never rests. Used by one thread at a time.
 */
final class Rest {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int SHARE = 20;

  private final LongSupplier compiled;
  private final LongSupplier nanos;
  private long windowBegan;
  private long compiledThen;

  /** Of this JVM; begins now. */
  static Rest ofThisMachine() {
    CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
    boolean known = jit != null && jit.isCompilationTimeMonitoringSupported();
    return known
        ? new Rest(jit::getTotalCompilationTime, System::nanoTime)
        : new Rest(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System::nanoTime);
  }

  /**
   * Begins now.
   *
   * @param compiled how long the JIT has worked in all, ms; never falls
   * @param nanos a clock that never goes back, ns
   */
  Rest(LongSupplier compiled, LongSupplier nanos) {
    this.compiled = compiled;
    this.nanos = nanos;
    windowBegan = nanos.getAsLong();
    compiledThen = compiled.getAsLong();
  }

  /** Asked a few times a second. */
  boolean reached() {
    long now = nanos.getAsLong();
    long took = now - windowBegan;
    if (took < WINDOW_NANOS) {
      return false;
    }
    long worked = TimeUnit.MILLISECONDS.toNanos(compiled.getAsLong() - compiledThen);
    windowBegan = now;
    compiledThen = compiled.getAsLong();
    return worked * SHARE < took;
  }
}
