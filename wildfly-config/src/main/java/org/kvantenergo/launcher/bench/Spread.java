package org.kvantenergo.launcher.bench;

import java.util.List;

/**
 * One figure over the rounds.
 *
 * @param rounds its values in the order of the rounds, at least one
 */
record Spread(List<Double> rounds) {

  Spread {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no round");
    }
  }

  /** The middle one; with an even number of rounds the mean of the two in the middle. */
  double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double max() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
