package org.kvantenergo.device.internal;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.device.Thresholds;

/**
 * Conditions as SQL with places for the values: over the state {@code s} alone, which knows what it
 * needs of the registry, or over {@code device d} for who has none; {@code s} is all null then.
 */
final class Conditions {

  static final String ERRORS = "s.errors";
  static final String OPEN = "s.status & 16384 <> 0";
  static final String FELL = "s.fell";
  static final String DRIFT = "s.drift";
  static final String LOW =
      "s.battery <= %s::real".formatted(Float.toString(Thresholds.BATTERY_LOW));

  // Each has an index of its own.
  private static final String BOTH =
      " and (d.state in ('REGISTERED', 'BLOCKED') or d.state = 'UNREGISTERED')";

  private final String base;
  private final List<Object> values;

  /**
   * Adds the values to a list.
   *
   * @param base s or d: who knows serial number, owner, group and commissioning
   */
  Conditions(String base, List<Object> values) {
    this.base = base;
    this.values = values;
  }

  /** Whether one that never reported can fulfil it. */
  static boolean withoutState(Condition condition) {
    if (condition instanceof Condition.Between between) {
      return between.when() == Condition.When.COMMISSIONED;
    }
    if (condition instanceof Condition.OneOf some) {
      return switch (some.attribute()) {
        case MODEL, SERIAL, IMEI -> true;
        case PROTOCOL, BAND, ICCID -> false;
      };
    }
    return condition instanceof Condition.Never || condition instanceof Condition.CommentContains;
  }

  /** Whole days, as the table shows them. */
  static String days(String base) {
    return "floor(extract(epoch from s.received_at - %s.commissioned_at) / 86400)::int"
        .formatted(base);
  }

  /** One that is longer than so many of its own periods ago. */
  static String silent(int periods) {
    return "s.period_minutes > 0 and s.received_at < now() - s.period_minutes * interval '%d min'"
        .formatted(periods);
  }

  /** As SQL; the values are added. */
  String of(Condition condition) {
    if (condition instanceof Condition.Silent silent) {
      return silent(silent.periods());
    }
    if (condition instanceof Condition.Errors) {
      return ERRORS;
    }
    if (condition instanceof Condition.ErrorBit bit) {
      return "%s & %d <> 0".formatted(mask(bit.kind()), 1 << bit.bit());
    }
    if (condition instanceof Condition.Fell) {
      return FELL;
    }
    if (condition instanceof Condition.Open) {
      return OPEN;
    }
    if (condition instanceof Condition.Drift) {
      return DRIFT;
    }
    if (condition instanceof Condition.Range range) {
      return range(range);
    }
    if (condition instanceof Condition.Between between) {
      return between(between);
    }
    if (condition instanceof Condition.Never never) {
      return moment(never.when()) + " is null";
    }
    if (condition instanceof Condition.OneOf some) {
      return oneOf(some);
    }
    values.add(((Condition.CommentContains) condition).text());
    return registry("d.comment <> '' and position(? in lower(d.comment)) > 0");
  }

  /** What only the registry knows. */
  private String registry(String condition) {
    return base.equals("d")
        ? condition
        : "s.device_id in (select d.id from device d where " + condition + ")";
  }

  static String mask(ErrorKind kind) {
    return switch (kind) {
      case MEASUREMENT -> "s.measurement_errors";
      case TEMPERATURE -> "s.temperature_errors";
      case CONTROL -> "s.control_errors";
      case CALIBRATION -> "s.calibration_errors";
      case HARDWARE -> "s.hardware_errors";
    };
  }

  // A real is compared with a real: 3.4 of the one is more than 3.4 of the other. NaN is more than
  // everything to PostgreSQL.
  private String range(Condition.Range range) {
    if (range.measure() == Condition.Measure.DAYS) {
      return ofDays(range);
    }
    String column = measure(range.measure());
    String type = real(range.measure()) ? "::real" : "::float8";
    List<String> parts = new ArrayList<>();
    if (range.from() != null) {
      parts.add(column + " >= ?" + type);
      values.add(range.from());
    }
    if (range.to() != null) {
      parts.add(column + " <= ?" + type);
      values.add(range.to());
    } else if (real(range.measure())) {
      parts.add(column + " <= 'Infinity'");
    }
    return String.join(" and ", parts);
  }

  /** Whole days, by moments: to count the days of each row takes three times as long. */
  private String ofDays(Condition.Range range) {
    String after = "s.received_at %s " + base + ".commissioned_at + ? * interval '24 hours'";
    List<String> parts = new ArrayList<>();
    if (range.from() != null) {
      parts.add(after.formatted(">="));
      values.add(Math.ceil(range.from()));
    }
    if (range.to() != null) {
      parts.add(after.formatted("<"));
      values.add(Math.floor(range.to()) + 1);
    }
    return parts.isEmpty() ? "s.received_at is not null" : String.join(" and ", parts);
  }

  private String between(Condition.Between between) {
    List<String> parts = new ArrayList<>();
    if (between.from() != null) {
      parts.add(moment(between.when()) + " >= ?");
      values.add(between.from().atOffset(ZoneOffset.UTC));
    }
    if (between.to() != null) {
      parts.add(moment(between.when()) + " < ?");
      values.add(between.to().atOffset(ZoneOffset.UTC));
    }
    return String.join(" and ", parts);
  }

  private String oneOf(Condition.OneOf some) {
    if (some.attribute() == Condition.Attribute.ICCID) {
      values.add(some.values().toArray(String[]::new));
      return "s.iccid = any(?) and s.iccid <> ''";
    }
    values.add(some.values().stream().mapToLong(Long::parseLong).toArray());
    return switch (some.attribute()) {
      case MODEL -> model(base) + " = any(?)";
      case PROTOCOL -> "s.protocol = any(?)";
      case BAND -> "s.band = any(?)";
      case SERIAL -> registry("d.serial = any(?)" + BOTH);
      case IMEI, ICCID -> registry("d.imei = any(?) and d.imei <> 0" + BOTH);
    };
  }

  /** The newest session's word, else the registry's. */
  static String model(String base) {
    return base.equals("d") ? "d.model" : "coalesce(nullif(s.model, 0), s.registry_model)";
  }

  private static boolean real(Condition.Measure measure) {
    return switch (measure) {
      case BATTERY, TEMPERATURE, RESOURCE -> true;
      case RSSI, READING, PERIOD, DAYS, SESSIONS, SESSIONS_DAY -> false;
    };
  }

  private String measure(Condition.Measure measure) {
    return switch (measure) {
      case BATTERY -> "s.battery";
      case RSSI -> "s.rssi";
      case TEMPERATURE -> "s.temperature";
      case READING -> "s.reading";
      case RESOURCE -> "s.resource";
      case PERIOD -> "s.period_minutes";
      case DAYS -> days(base);
      case SESSIONS -> "s.sessions_total";
      case SESSIONS_DAY -> "s.sessions_day";
    };
  }

  private String moment(Condition.When when) {
    return switch (when) {
      case RECEIVED -> "s.received_at";
      case MODULE -> "s.module_time";
      case METER -> "s.meter_time";
      case COMMISSIONED -> base + ".commissioned_at";
    };
  }
}
