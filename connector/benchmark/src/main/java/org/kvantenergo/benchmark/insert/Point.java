package org.kvantenergo.benchmark.insert;

/**
 * A way to run.
 *
 * @param batch records that share a commit, 1 or more
 * @param connections at once, 1 or more
 * @param way how they get into the tables
 */
public record Point(int batch, int connections, Way way) {

  /** Checks the ranges. */
  public Point {
    if (batch < 1 || connections < 1) {
      throw new IllegalArgumentException(batch + " records on " + connections + " connections");
    }
  }
}
