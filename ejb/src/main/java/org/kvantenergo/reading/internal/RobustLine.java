package org.kvantenergo.reading.internal;

import java.util.Arrays;

/**
 * y = level + slope · x + warmth · t by least squares in which what lies far off counts less (Huber
 * weights, by iteration). Errors are those of weighted least squares, widened for neighbours that
 * stray together.
 *
 * @param level y where x and t are 0
 * @param slope per unit of x
 * @param warmth per unit of t; 0 if t never changes
 * @param slopeError standard error of the slope
 * @param levelError standard error of the line at the last x
 */
record RobustLine(double level, double slope, double warmth, double slopeError, double levelError) {

  private static final double HUBER = 1.345;
  private static final double MAD_TO_SIGMA = 1.4826;
  private static final int ROUNDS = 30;

  /** Below it weights are not told from one another: the line goes through all points. */
  private static final double EXACT = 1e-9;

  private static final double MOST_ALIKE = 0.95;

  static RobustLine through(double[] x, double[] t, double[] y) {
    double scale = Math.max(Math.abs(x[x.length - 1]), 1);
    double[] unit = Arrays.stream(x).map(v -> v / scale).toArray();
    boolean warm = Arrays.stream(t).anyMatch(v -> Math.abs(v - t[0]) > EXACT);
    double[] weight = new double[y.length];
    Arrays.fill(weight, 1);
    double[][] inverse = {};
    double[] b = {};
    double[] off = new double[y.length];
    for (int round = 0; round < ROUNDS; round++) {
      inverse = inverse(normal(unit, t, weight, warm));
      b = times(inverse, right(unit, t, y, weight, warm));
      for (int i = 0; i < y.length; i++) {
        off[i] = y[i] - b[0] - b[1] * unit[i] - (warm ? b[2] * t[i] : 0);
      }
      double sigma = Math.max(MAD_TO_SIGMA * median(off), EXACT);
      for (int i = 0; i < y.length; i++) {
        weight[i] = Math.min(1, HUBER * sigma / Math.max(Math.abs(off[i]), EXACT));
      }
    }
    double noise = noise(off, weight, b.length);
    double end = unit[unit.length - 1];
    double atEnd = inverse[0][0] + 2 * end * inverse[0][1] + end * end * inverse[1][1];
    return new RobustLine(
        b[0],
        b[1] / scale,
        warm ? b[2] : 0,
        Math.sqrt(noise * inverse[1][1]) / scale,
        Math.sqrt(noise * Math.max(0, atEnd)));
  }

  /** The line at an x, where t is 0. */
  double at(double x) {
    return level + slope * x;
  }

  /** Variance of a point, times by how much fewer independent points there are than points. */
  private static double noise(double[] off, double[] weight, int parameters) {
    double squares = 0;
    double neighbours = 0;
    double total = 0;
    for (int i = 0; i < off.length; i++) {
      squares += weight[i] * off[i] * off[i];
      total += weight[i];
      if (i > 0) {
        neighbours += Math.sqrt(weight[i] * weight[i - 1]) * off[i] * off[i - 1];
      }
    }
    double alike = squares == 0 ? 0 : Math.max(0, Math.min(MOST_ALIKE, neighbours / squares));
    return squares / Math.max(1, total - parameters) * (1 + alike) / (1 - alike);
  }

  private static double median(double[] off) {
    double[] sizes = Arrays.stream(off).map(Math::abs).sorted().toArray();
    return sizes[sizes.length / 2];
  }

  private static double[] row(double x, double t, boolean warm) {
    return warm ? new double[] {1, x, t} : new double[] {1, x};
  }

  private static double[][] normal(double[] x, double[] t, double[] weight, boolean warm) {
    int size = warm ? 3 : 2;
    double[][] sum = new double[size][size];
    for (int i = 0; i < x.length; i++) {
      double[] row = row(x[i], t[i], warm);
      for (int a = 0; a < size; a++) {
        for (int c = 0; c < size; c++) {
          sum[a][c] += weight[i] * row[a] * row[c];
        }
      }
    }
    return sum;
  }

  private static double[] right(double[] x, double[] t, double[] y, double[] weight, boolean warm) {
    double[] sum = new double[warm ? 3 : 2];
    for (int i = 0; i < x.length; i++) {
      double[] row = row(x[i], t[i], warm);
      for (int a = 0; a < sum.length; a++) {
        sum[a] += weight[i] * row[a] * y[i];
      }
    }
    return sum;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix)
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int i = 0; i < row.length; i++) {
                sum += row[i] * vector[i];
              }
              return sum;
            })
        .toArray();
  }

  /** Gauss and Jordan, the biggest first. */
  private static double[][] inverse(double[][] matrix) {
    int size = matrix.length;
    double[][] work = new double[size][];
    for (int i = 0; i < size; i++) {
      work[i] = Arrays.copyOf(matrix[i], 2 * size);
      work[i][size + i] = 1;
    }
    for (int c = 0; c < size; c++) {
      int best = c;
      for (int r = c + 1; r < size; r++) {
        best = Math.abs(work[r][c]) > Math.abs(work[best][c]) ? r : best;
      }
      double[] pivot = work[best];
      work[best] = work[c];
      double by = pivot[c];
      work[c] = Arrays.stream(pivot).map(v -> v / by).toArray();
      for (int r = 0; r < size; r++) {
        double factor = work[r][c];
        for (int k = 0; r != c && k < 2 * size; k++) {
          work[r][k] -= factor * work[c][k];
        }
      }
    }
    return Arrays.stream(work)
        .map(r -> Arrays.copyOfRange(r, size, 2 * size))
        .toArray(double[][]::new);
  }
}
