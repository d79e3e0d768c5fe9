package org.kvantenergo.launcher.bench;

import java.util.Locale;

/**
 * What the figures must show.
 *
 * @param what for people
 * @param subject whose figure
 * @param quantity which
 * @param limit what it is divided by, round by round; empty = nothing
 * @param bound which side is good
 * @param wanted the bound
 * @param everyRound whether each round must meet it; else their median
 */
record Target(
    String what,
    String subject,
    Quantity quantity,
    String limit,
    Bound bound,
    double wanted,
    boolean everyRound) {

  /** Which side is good. */
  enum Bound {
    AT_LEAST("at least "),
    AT_MOST("at most "),
    BELOW("below ");

    private final String words;

    Bound(String words) {
      this.words = words;
    }
  }

  boolean met(Spread measured) {
    double judged =
        !everyRound ? measured.median() : bound == Bound.AT_LEAST ? measured.min() : measured.max();
    return switch (bound) {
      case AT_LEAST -> judged >= wanted;
      case AT_MOST -> judged <= wanted;
      case BELOW -> judged < wanted;
    };
  }

  /** For people. */
  String wantedText() {
    return bound == Bound.AT_MOST && wanted == 0 ? "none" : bound.words + text(wanted);
  }

  /** A ratio in percent, else the quantity with its unit. */
  String text(double value) {
    if (!limit.isEmpty()) {
      return String.format(Locale.ROOT, "%.0f %%", value * 100);
    }
    return quantity.unit().equals("1")
        ? quantity.text(value)
        : quantity.text(value) + " " + quantity.unit();
  }
}
