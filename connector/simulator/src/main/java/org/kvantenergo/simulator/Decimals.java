package org.kvantenergo.simulator;

/** Real modules send values that were rounded once: 0.0778 %, 16.031703 degrees, 0.2479413 m³. */
final class Decimals {

  private Decimals() {}

  /** The nearest number with so many decimals. */
  static double round(double value, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }
}
