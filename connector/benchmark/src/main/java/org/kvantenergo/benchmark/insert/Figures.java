package org.kvantenergo.benchmark.insert;

/**
 * What was measured.
 *
 * @param point how
 * @param seconds how long
 * @param records stored and committed meanwhile
 * @param cpuSeconds processor time of this process meanwhile
 */
public record Figures(Point point, double seconds, long records, double cpuSeconds) {

  /** Committed records a second. */
  public double recordsPerSecond() {
    return records / seconds;
  }
}
