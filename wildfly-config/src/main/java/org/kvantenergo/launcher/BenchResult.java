package org.kvantenergo.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one load came to.
 *
 * @param load which
 * @param recordsPerSecond acknowledged, that is committed, records
 * @param sessionsPerSecond whole sessions; 0 when they are kept
 * @param p50 from sending READINGS to its ACK, median, ms
 * @param p99 the same, 99th percentile, ms
 */
record BenchResult(
    BenchLoad load, double recordsPerSecond, double sessionsPerSecond, double p50, double p99) {

  /** Reads the object {@code measured} of the simulator's JSON; its latencies are in µs. */
  static BenchResult read(BenchLoad load, String json) {
    String measured = json.substring(json.indexOf("\"measured\""));
    return new BenchResult(
        load,
        number(measured, "recordsPerSecond"),
        number(measured, "sessionsPerSecond"),
        number(measured, "p50") / 1e3,
        number(measured, "p99") / 1e3);
  }

  private static double number(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": ([0-9.]+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("The simulator's figures have no " + name + ": " + json);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
