package org.kvantenergo.web.chart;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.kvantenergo.reading.ReadingSeries.Gap;
import org.kvantenergo.reading.ReadingSeries.Incident;
import org.kvantenergo.reading.ReadingSeries.Point;
import org.kvantenergo.reading.ReadingSeries.Range;
import org.kvantenergo.reading.ReadingSeries.Series;
import org.kvantenergo.registry.DeviceHistory;

/**
 * A series as static/chart.js reads it. Times are seconds since 1970. A point is an array: first,
 * last, records, then five values of least, most and last each (reading m³, consumption m³/h,
 * temperature °C, battery V, RSSI dBm; null where unknown), then m³ used and since when.
 */
final class SeriesJson {

  private static final double SECONDS_PER_HOUR = 3600;

  private final Locale locale;
  private final ZoneId zone;
  private final Happened happened;

  SeriesJson(Locale locale, ZoneId zone, Happened happened) {
    this.locale = locale;
    this.zone = zone;
    this.happened = happened;
  }

  void write(Writer out, Instant from, Instant until, Series series, List<DeviceHistory> meters) {
    try (JsonGenerator json = Json.createGenerator(out)) {
      json.writeStartObject()
          .write("from", from.getEpochSecond())
          .write("until", until.getEpochSecond())
          .write("bucket", series.bucket().toSeconds())
          .write("zone", zone.getId())
          .write("language", locale.getLanguage());
      json.writeStartArray("points");
      series.points().forEach(point -> write(json, point));
      json.writeEnd().writeStartArray("gaps");
      for (Gap gap : series.gaps()) {
        json.writeStartArray()
            .write(gap.from().getEpochSecond())
            .write(gap.until().getEpochSecond())
            .write(happened.text(gap))
            .writeEnd();
      }
      json.writeEnd().writeStartArray("events");
      for (Incident i : series.incidents()) {
        event(json, i.at(), happened.text(i), happened.tone(i));
      }
      for (int i = 0; i < meters.size(); i++) {
        Instant since = meters.get(i).since();
        if (!since.isBefore(from) && since.isBefore(until)) {
          event(json, since, happened.text(meters.get(i), i == meters.size() - 1), "cm");
        }
      }
      json.writeEnd().writeEnd();
    }
  }

  private static void event(JsonGenerator json, Instant at, String text, String tone) {
    json.writeStartArray().write(at.getEpochSecond()).write(text).write(tone).writeEnd();
  }

  private static void write(JsonGenerator json, Point p) {
    json.writeStartArray()
        .write(p.first().getEpochSecond())
        .write(p.last().getEpochSecond())
        .write(p.records());
    range(json, p.reading());
    range(json, rate(p));
    range(json, p.temperature());
    range(json, p.battery());
    range(json, p.rssi());
    if (p.used() == null) {
      json.writeNull().writeNull();
    } else {
      json.write(p.used()).write(p.usedSince().getEpochSecond());
    }
    json.writeEnd();
  }

  /** Evenly between the two readings: more is not known. */
  private static Range rate(Point p) {
    if (p.used() == null) {
      return null;
    }
    double seconds = Duration.between(p.usedSince(), p.readingAt()).toSeconds();
    double rate = seconds <= 0 ? 0 : p.used() / seconds * SECONDS_PER_HOUR;
    return new Range(rate, rate, rate);
  }

  private static void range(JsonGenerator json, Range range) {
    if (range == null) {
      json.writeNull().writeNull().writeNull();
    } else {
      json.write(range.least()).write(range.most()).write(range.last());
    }
  }
}
