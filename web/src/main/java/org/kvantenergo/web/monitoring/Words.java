package org.kvantenergo.web.monitoring;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.Condition.Attribute;
import org.kvantenergo.device.Condition.Measure;
import org.kvantenergo.device.Condition.When;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;

/** Conditions as people say them, in the viewer's language and zone. */
final class Words {

  private static final int MOST_SHOWN = 3;

  private static final Map<Measure, ModuleColumn> MEASURES =
      Map.of(
          Measure.BATTERY, ModuleColumn.BATTERY,
          Measure.RSSI, ModuleColumn.RSSI,
          Measure.TEMPERATURE, ModuleColumn.TEMPERATURE,
          Measure.READING, ModuleColumn.READING,
          Measure.RESOURCE, ModuleColumn.RESOURCE,
          Measure.PERIOD, ModuleColumn.PERIOD,
          Measure.DAYS, ModuleColumn.DAYS,
          Measure.SESSIONS, ModuleColumn.SESSIONS,
          Measure.SESSIONS_DAY, ModuleColumn.SESSIONS_DAY);

  private static final Map<Attribute, ModuleColumn> ATTRIBUTES =
      Map.of(
          Attribute.MODEL, ModuleColumn.MODEL,
          Attribute.PROTOCOL, ModuleColumn.PROTOCOL,
          Attribute.BAND, ModuleColumn.BAND,
          Attribute.SERIAL, ModuleColumn.SERIAL,
          Attribute.IMEI, ModuleColumn.IMEI,
          Attribute.ICCID, ModuleColumn.ICCID);

  private final Locale locale;
  private final ZoneId zone;
  private final Numbers numbers;
  private final ResourceBundle texts;

  Words(Locale locale, ZoneId zone) {
    this.locale = locale;
    this.zone = zone;
    this.numbers = new Numbers(locale);
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
  }

  /** Key of what a measure is called. */
  static String name(Measure measure) {
    return MEASURES.get(measure).text();
  }

  /** Key of what an attribute is called. */
  static String name(Attribute attribute) {
    return ATTRIBUTES.get(attribute).text();
  }

  /** Key of what a moment is called. */
  static String name(When when) {
    return switch (when) {
      case RECEIVED -> ModuleColumn.RECEIVED.text();
      case MODULE -> ModuleColumn.MODULE_TIME.text();
      case METER -> ModuleColumn.METER_TIME.text();
      case COMMISSIONED -> "filter.commissioned";
    };
  }

  /** Key of what an error mask is called. */
  static String name(ErrorKind kind) {
    return switch (kind) {
      case MEASUREMENT -> "full.errors.0";
      case TEMPERATURE -> "full.errors.1";
      case CONTROL -> "full.errors.2";
      case CALIBRATION -> "full.errors.3";
      case HARDWARE -> "full.errors.4";
    };
  }

  /** A condition in a few words. */
  String of(Condition condition) {
    if (condition instanceof Condition.Silent silent) {
      return said(
          "filter.said.silent",
          numbers.whole(silent.periods()),
          Plural.of(locale, silent.periods(), texts.getString("filter.said.periods")));
    }
    if (condition instanceof Condition.ErrorBit bit) {
      return said("filter.said.bit", texts.getString(name(bit.kind())), bit.bit());
    }
    if (condition instanceof Condition.Range range) {
      return texts.getString(name(range.measure()))
          + ": "
          + span(range.from(), range.to(), number -> numbers.exact(BigDecimal.valueOf(number)));
    }
    if (condition instanceof Condition.Between span) {
      return texts.getString(name(span.when())) + ": " + span(span.from(), span.to(), this::moment);
    }
    if (condition instanceof Condition.Never never) {
      return texts.getString(name(never.when())) + ": " + texts.getString("filter.never");
    }
    if (condition instanceof Condition.OneOf some) {
      return some(some);
    }
    if (condition instanceof Condition.CommentContains comment) {
      return said("filter.said.comment", comment.text());
    }
    return texts.getString("filter.sign." + condition.getClass().getSimpleName());
  }

  private String some(Condition.OneOf some) {
    int all = some.values().size();
    String shown = String.join(", ", some.values().subList(0, Math.min(all, MOST_SHOWN)));
    String name = texts.getString(name(some.attribute())) + ": ";
    return all <= MOST_SHOWN
        ? name + shown
        : name + said("filter.said.more", shown, numbers.whole(all - MOST_SHOWN));
  }

  private <T> String span(T from, T to, Function<T, String> shown) {
    if (from != null && to != null) {
      return said("filter.said.between", shown.apply(from), shown.apply(to));
    }
    return from != null
        ? said("filter.said.from", shown.apply(from))
        : said("filter.said.to", shown.apply(to));
  }

  private String moment(Instant at) {
    return Moment.of(at, zone, at.atZone(zone).toLocalDate()).text();
  }

  private String said(String key, Object... values) {
    return MessageFormat.format(texts.getString(key), values);
  }
}
