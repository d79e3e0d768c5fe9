package org.kvantenergo.benchmark.insert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The points among which the best is looked for. */
public final class Sweep {

  private static final int[] BATCHES = {64, 256, 1024, 4096};
  private static final int[] CONNECTIONS = {1, 2, 4, 8};

  private Sweep() {}

  /** All that are possible, each once. */
  public static List<Point> points(BareInsert insert) {
    Set<Point> points = new LinkedHashSet<>();
    for (Way way : Way.values()) {
      for (int connections : CONNECTIONS) {
        for (int batch : BATCHES) {
          points.add(insert.possible(new Point(batch, connections, way)));
        }
      }
    }
    return new ArrayList<>(points);
  }
}
