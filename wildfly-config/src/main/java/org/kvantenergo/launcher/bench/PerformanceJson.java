package org.kvantenergo.launcher.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** docs/performance.json. */
final class PerformanceJson {

  private PerformanceJson() {}

  static String text(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("date", report.date().toString());
    json.put("commit", report.commit());
    json.put("command", report.command());
    json.put("rounds", report.rounds());
    json.put("seconds", report.seconds());
    json.put("machine", report.machine().json());
    json.put("targets", report.judgements().stream().map(PerformanceJson::judgement).toList());
    json.put("subjects", report.entries().stream().map(PerformanceJson::entry).toList());
    json.put("codec", report.codec().stream().map(PerformanceJson::codec).toList());
    return Json.text(json) + "\n";
  }

  private static Map<String, Object> judgement(Report.Judgement judgement) {
    Target target = judgement.target();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", target.what());
    json.put("subject", target.subject());
    json.put("figure", target.quantity().key());
    if (!target.limit().isEmpty()) {
      json.put("limit", target.limit());
    }
    json.put("bound", target.bound().name().toLowerCase(Locale.ROOT));
    json.put("wanted", target.wanted());
    json.put("everyRound", target.everyRound());
    json.putAll(spread(judgement.measured()));
    json.put("met", judgement.met());
    return json;
  }

  private static Map<String, Object> entry(Report.Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", entry.label().id());
    json.put("kind", entry.label().kind().name().toLowerCase(Locale.ROOT));
    json.put("title", entry.label().title());
    json.put("command", entry.label().command());
    Map<String, Object> figures = new LinkedHashMap<>();
    entry
        .figures()
        .forEach(
            (quantity, spread) -> {
              Map<String, Object> figure = new LinkedHashMap<>();
              figure.put("unit", quantity.unit());
              figure.putAll(spread(spread));
              figures.put(quantity.key(), figure);
            });
    json.put("figures", figures);
    if (!entry.ratios().isEmpty()) {
      json.put("ratios", entry.ratios().stream().map(PerformanceJson::ratio).toList());
    }
    return json;
  }

  private static Map<String, Object> ratio(Report.Ratio ratio) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("limit", ratio.limit());
    json.put("figure", ratio.quantity().key());
    json.putAll(spread(ratio.spread()));
    return json;
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("median", rounded(spread.median()));
    json.put("min", rounded(spread.min()));
    json.put("max", rounded(spread.max()));
    json.put("rounds", spread.rounds().stream().map(PerformanceJson::rounded).toList());
    return json;
  }

  /** Four digits after the point are more than any clock here is worth. */
  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private static Map<String, Object> codec(Report.Codec codec) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("frame", codec.frame());
    json.put("length", codec.length());
    json.put("decodeNanos", codec.decodeNanos());
    json.put("decodeBytes", codec.decodeBytes());
    json.put("encodeNanos", codec.encodeNanos());
    json.put("encodeBytes", codec.encodeBytes());
    return json;
  }
}
