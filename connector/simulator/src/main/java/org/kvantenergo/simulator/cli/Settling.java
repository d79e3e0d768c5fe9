package org.kvantenergo.simulator.cli;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * Whether a throughput has settled: the last few windows differ by no more than a share of the
 * smallest. Used by one thread.
 */
final class Settling {

  private final int windows;
  private final double tolerance;
  private final Deque<Double> last = new ArrayDeque<>();

  /**
   * Nothing has been seen yet.
   *
   * @param windows how many must agree, 2 or more
   * @param tolerance 0..1
   */
  Settling(int windows, double tolerance) {
    this.windows = windows;
    this.tolerance = tolerance;
  }

  /** Takes the throughput of one more window; whether it has settled now. */
  boolean add(double throughput) {
    last.addLast(throughput);
    if (last.size() > windows) {
      last.removeFirst();
    }
    double least = Collections.min(last);
    return last.size() == windows
        && least > 0
        && Collections.max(last) - least <= tolerance * least;
  }
}
