package org.kvantenergo.simulator;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long something took, again and again. May be used from any thread. */
final class Latencies {

  private static final long LONGEST_MICROS = 600_000_000L;
  private final Recorder recent = new Recorder(LONGEST_MICROS, 3);
  private final Histogram all = new Histogram(LONGEST_MICROS, 3);

  /** One more; longer than ten minutes counts as ten minutes. */
  void add(long nanos) {
    recent.recordValue(Math.max(0, Math.min(LONGEST_MICROS, nanos / 1_000)));
  }

  /** Begins anew. */
  synchronized void forget() {
    recent.reset();
    all.reset();
  }

  /** Everything since the beginning. */
  synchronized Snapshot snapshot() {
    all.add(recent.getIntervalHistogram());
    return new Snapshot(
        all.getTotalCount(),
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(99),
        all.getMaxValue());
  }

  /**
   * A moment's values.
   *
   * @param count how many
   * @param p50 median, µs
   * @param p99 99th percentile, µs
   * @param max longest, µs
   */
  record Snapshot(long count, long p50, long p99, long max) {}
}
