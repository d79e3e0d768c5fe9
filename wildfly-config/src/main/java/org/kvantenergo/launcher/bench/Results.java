package org.kvantenergo.launcher.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rounds brought, subject by subject. */
final class Results {

  private final Map<String, List<Map<Quantity, Double>>> samples = new LinkedHashMap<>();

  /** One round of a subject. */
  void add(String subject, Map<Quantity, Double> values) {
    samples.computeIfAbsent(subject, id -> new ArrayList<>()).add(new EnumMap<>(values));
  }

  /** Every figure that each round of the subject has. */
  Map<Quantity, Spread> figures(String subject) {
    Map<Quantity, Spread> figures = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      rounds(subject, quantity).ifPresent(rounds -> figures.put(quantity, new Spread(rounds)));
    }
    return figures;
  }

  private Optional<List<Double>> rounds(String subject, Quantity quantity) {
    List<Map<Quantity, Double>> all = samples.getOrDefault(subject, List.of());
    boolean whole = !all.isEmpty() && all.stream().allMatch(round -> round.containsKey(quantity));
    return whole
        ? Optional.of(all.stream().map(round -> round.get(quantity)).toList())
        : Optional.empty();
  }

  /**
   * A figure, or its ratio to a limit's: each round's figure is divided by that of the same round,
   * so that what disturbs a machine for minutes disturbs both.
   *
   * @param limit empty = the figure itself
   */
  Optional<Spread> spread(String subject, Quantity quantity, String limit) {
    Optional<List<Double>> own = rounds(subject, quantity);
    if (limit.isEmpty() || own.isEmpty()) {
      return own.map(Spread::new);
    }
    Optional<List<Double>> bare = rounds(limit, quantity);
    if (bare.isEmpty()) {
      return Optional.empty();
    }
    List<Double> ratios = new ArrayList<>();
    // A run that broke off has one round more of what came first.
    for (int i = 0; i < Math.min(own.get().size(), bare.get().size()); i++) {
      ratios.add(own.get().get(i) / bare.get().get(i));
    }
    return Optional.of(new Spread(ratios));
  }
}
