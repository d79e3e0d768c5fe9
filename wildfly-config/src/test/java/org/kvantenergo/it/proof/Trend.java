package org.kvantenergo.it.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * How a figure that jumps up and down moves in the long run. By the median of all slopes between
 * two points (Theil and Sen): up to a quarter of the points may be as wrong as they like. One
 * thread.
 */
final class Trend {
  private final List<double[]> points = new ArrayList<>();

  /**
   * Takes a point.
   *
   * @param time s, growing
   */
  void add(double time, double value) {
    points.add(new double[] {time, value});
  }

  /**
   * What it rises from the middle of the time to its end.
   *
   * @return in the unit of the values; negative when it falls
   * @throws IllegalStateException if there are fewer than three points in that half
   */
  double rise() {
    double first = points.get(0)[0];
    double last = points.get(points.size() - 1)[0];
    List<double[]> half = points.stream().filter(point -> point[0] >= (first + last) / 2).toList();
    if (half.size() < 3) {
      throw new IllegalStateException("too few points to judge by: " + half.size());
    }
    return slope(half) * (last - half.get(0)[0]);
  }

  private static double slope(List<double[]> half) {
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < half.size(); i++) {
      for (int j = i + 1; j < half.size(); j++) {
        double[] one = half.get(i);
        double[] other = half.get(j);
        slopes.add((other[1] - one[1]) / (other[0] - one[0]));
      }
    }
    slopes.sort(null);
    int middle = slopes.size() / 2;
    return slopes.size() % 2 == 1
        ? slopes.get(middle)
        : (slopes.get(middle - 1) + slopes.get(middle)) / 2;
  }
}
