package org.kvantenergo.launcher.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything a run has found; docs/performance.json and the tables of docs/performance.md are both
 * made from it.
 *
 * @param date when, UTC
 * @param commit of the sources; "-dirty" behind it if they were changed
 * @param command that repeats it
 * @param machine what on
 * @param seconds each load was measured for in a round
 * @param rounds how many
 * @param entries in the order of the page
 * @param judgements the targets whose subjects ran
 * @param codec frames of the codec; empty if it was not measured
 */
record Report(
    LocalDate date,
    String commit,
    String command,
    Machine machine,
    int seconds,
    int rounds,
    List<Entry> entries,
    List<Judgement> judgements,
    List<Codec> codec) {

  Report {
    entries = List.copyOf(entries);
    judgements = List.copyOf(judgements);
    codec = List.copyOf(codec);
  }

  /**
   * A subject's figures.
   *
   * @param figures each over the rounds
   * @param ratios to limits
   */
  record Entry(Subject.Label label, Map<Quantity, Spread> figures, List<Ratio> ratios) {}

  /**
   * A figure divided by the same of a limit, round by round.
   *
   * @param limit the limit's id
   */
  record Ratio(String limit, Quantity quantity, Spread spread) {}

  /** A target and what was measured. */
  record Judgement(Target target, Spread measured) {

    boolean met() {
      return target.met(measured);
    }
  }

  /**
   * Reading and writing one frame.
   *
   * @param frame which
   * @param length bytes on the wire
   * @param decodeNanos time to read it, ns
   * @param decodeBytes allocated by that
   * @param encodeNanos time to write it, ns
   * @param encodeBytes allocated by that
   */
  record Codec(
      String frame,
      double length,
      double decodeNanos,
      double decodeBytes,
      double encodeNanos,
      double encodeBytes) {

    /** As {@code kvant-benchmark.jar codec} writes them. */
    static List<Codec> read(Map<String, Object> json) {
      List<Codec> all = new ArrayList<>();
      if (json.get("frames") instanceof List<?> frames) {
        for (Object each : frames) {
          Map<String, Object> frame = Json.object(Json.text(each));
          all.add(
              new Codec(
                  String.valueOf(frame.get("frame")),
                  Json.number(frame, "length"),
                  Json.number(frame, "decode", "nanos"),
                  Json.number(frame, "decode", "bytes"),
                  Json.number(frame, "encode", "nanos"),
                  Json.number(frame, "encode", "bytes")));
        }
      }
      return all;
    }
  }
}
