package org.kvantenergo.web.registry;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kvantenergo.registry.Location;

/**
 * What is typed into the fields of a drawer, by their names, and what is wrong with it: keys of
 * texts, which stand beside the fields.
 */
public final class Form implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final BigDecimal MOST = new BigDecimal("999999999999.999");
  private static final LocalDate EARLIEST = LocalDate.of(1950, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);
  private static final int DECIMALS = 3;
  private static final String DEGREES = "([-\u2212]?[0-9]{1,3}(?:[.,][0-9]{1,12})?)";
  private static final Pattern LOCATION = Pattern.compile(DEGREES + "\\s*[;,\\s]\\s*" + DEGREES);

  private final HashMap<String, String> values = new HashMap<>();
  private final HashMap<String, String> errors = new HashMap<>();

  /** What is typed; null where nothing is. */
  public Map<String, String> getValues() {
    return values;
  }

  /** Key of what is wrong with a field; empty if nothing is. */
  public String error(String name) {
    return errors.getOrDefault(name, "");
  }

  void begin() {
    values.clear();
    errors.clear();
  }

  /** Begins to look at what is typed. */
  void look() {
    errors.clear();
  }

  boolean ok() {
    return errors.isEmpty();
  }

  void set(String name, Object value) {
    values.put(name, value == null ? null : value.toString());
  }

  void wrong(String name, String why) {
    errors.putIfAbsent(name, "form.no." + why);
  }

  /** Stripped; empty if there is nothing. */
  String text(String name) {
    String value = values.get(name);
    return value == null ? "" : value.strip();
  }

  String text(String name, int longest) {
    String value = text(name);
    if (value.length() > longest) {
      wrong(name, "TOO_LONG");
    } else if (value.chars().anyMatch(Character::isISOControl)) {
      wrong(name, "VALUE");
    }
    return value;
  }

  String required(String name, int longest) {
    String value = text(name, longest);
    if (value.isEmpty()) {
      wrong(name, "MISSING");
    }
    return value;
  }

  /** One of those that the form offers; null, and wrong, if it is none. */
  <E extends Enum<E>> E one(String name, Class<E> of) {
    String value = text(name);
    for (E each : of.getEnumConstants()) {
      if (each.name().equals(value)) {
        return each;
      }
    }
    wrong(name, "MISSING");
    return null;
  }

  /** 0 or more, at most three decimals, with a comma or a point; null if there is nothing. */
  BigDecimal number(String name) {
    String plain = text(name).replaceAll("[\\s\\u00A0\\u202F]", "").replace(',', '.');
    if (plain.isEmpty()) {
      return null;
    }
    if (!plain.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?")) {
      wrong(name, "NOT_A_NUMBER");
      return null;
    }
    BigDecimal number = new BigDecimal(plain);
    if (number.signum() < 0
        || number.compareTo(MOST) > 0
        || number.stripTrailingZeros().scale() > DECIMALS) {
      wrong(name, "OUT_OF_RANGE");
      return null;
    }
    return number;
  }

  /** More than 0. */
  BigDecimal positive(String name) {
    BigDecimal number = number(name);
    if (number != null && number.signum() == 0) {
      wrong(name, "OUT_OF_RANGE");
    }
    return number;
  }

  /** 1 to the largest; null if there is nothing. */
  Integer whole(String name, int largest) {
    BigDecimal number = positive(name);
    if (number == null || !ok(name)) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(largest)) > 0) {
      wrong(name, "OUT_OF_RANGE");
      return null;
    }
    return number.intValueExact();
  }

  /** A day; null if there is none. */
  LocalDate day(String name) {
    String typed = required(name, 40);
    try {
      return typed.isEmpty() ? null : within(name, LocalDate.parse(typed));
    } catch (DateTimeException e) {
      wrong(name, "NOT_A_DATE");
      return null;
    }
  }

  /**
   * A moment, typed as the local time of a zone; nothing is the other one that is given. Of an hour
   * that comes twice the second is meant, as in lists.
   */
  Instant moment(String name, ZoneId zone, Instant otherwise) {
    String typed = text(name);
    if (typed.isEmpty()) {
      return otherwise;
    }
    try {
      LocalDateTime local = LocalDateTime.parse(typed.replace(' ', 'T'));
      within(name, local.toLocalDate());
      if (zone.getRules().getValidOffsets(local).isEmpty()) {
        wrong(name, "NO_SUCH_TIME");
      }
      return local.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    } catch (DateTimeException e) {
      wrong(name, "NOT_A_DATE");
      return otherwise;
    }
  }

  private LocalDate within(String name, LocalDate day) {
    if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
      wrong(name, "OUT_OF_RANGE");
    }
    return day;
  }

  /** A zone by its IANA name. */
  ZoneId zone(String name) {
    String typed = required(name, 50);
    if (!typed.isEmpty() && !ZoneId.getAvailableZoneIds().contains(typed)) {
      wrong(name, "ZONE");
    }
    return ok(name) ? ZoneId.of(typed) : null;
  }

  /** Null if there is nothing. */
  UUID guid(String name) {
    String typed = text(name);
    if (typed.isEmpty()) {
      return null;
    }
    if (!typed.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      wrong(name, "GUID");
      return null;
    }
    return UUID.fromString(typed);
  }

  /** Degrees as maps write them: latitude, longitude; null if there is nothing. */
  Location location(String name) {
    String typed = text(name);
    if (typed.isEmpty()) {
      return null;
    }
    Matcher degrees = LOCATION.matcher(typed);
    if (!degrees.matches()) {
      wrong(name, "LOCATION");
      return null;
    }
    try {
      return new Location(degree(degrees.group(1)), degree(degrees.group(2)));
    } catch (IllegalArgumentException e) {
      wrong(name, "OUT_OF_RANGE");
      return null;
    }
  }

  private static double degree(String typed) {
    return Double.parseDouble(typed.replace(',', '.').replace('\u2212', '-'));
  }

  private boolean ok(String name) {
    return !errors.containsKey(name);
  }
}
