package org.kvantenergo.device;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a device must be like to be listed. A device that lacks the value that is asked for does not
 * fulfil the condition, but for {@link Never}. As text: {@link FilterText}.
 */
public sealed interface Condition {

  /** Most values of a list. */
  int MOST_VALUES = 10_000;

  /** Most characters of a text that a comment is to contain. */
  int LONGEST_TEXT = 200;

  /**
   * Nothing was received for more than so many of its own exchange periods. A device that never
   * reported, or names no period, has none that it could exceed.
   *
   * @param periods 1..10000
   */
  record Silent(int periods) implements Condition {

    private static final int MOST = 10_000;

    /** Checks the range. */
    public Silent {
      require(periods >= 1 && periods <= MOST, "periods " + periods);
    }
  }

  /** Any bit of any error mask of its newest record is set. */
  record Errors() implements Condition {}

  /**
   * One bit of an error mask of its newest record is set.
   *
   * @param bit 0..15
   */
  record ErrorBit(ErrorKind kind, int bit) implements Condition {

    private static final int LAST = 15;

    /** Checks the range. */
    public ErrorBit {
      require(kind != null && bit >= 0 && bit <= LAST, "bit " + bit);
    }
  }

  /** Its current reading is smaller than the valid one before it. */
  record Fell() implements Condition {}

  /** Its newest record says that it is in the technological mode. */
  record Open() implements Condition {}

  /** At the last contact a clock was off by more than {@link Thresholds#CLOCK_OFF}. */
  record Drift() implements Condition {}

  /**
   * A number lies in a range. NaN lies in none; infinite numbers do where the range has no end.
   *
   * @param from inclusive; null: no lower end
   * @param to inclusive; null: no upper end
   */
  record Range(Measure measure, Double from, Double to) implements Condition {

    /** Checks the ends. */
    public Range {
      require(measure != null && (from != null || to != null), "a range without ends");
      require(from == null || Double.isFinite(from), "from " + from);
      require(to == null || Double.isFinite(to), "to " + to);
      require(from == null || to == null || from <= to, from + " to " + to);
      from = plain(from);
      to = plain(to);
    }

    /** There is one zero only. */
    private static Double plain(Double end) {
      return end == null ? null : (Double) (end + 0.0);
    }
  }

  /**
   * A moment lies in a span.
   *
   * @param from inclusive; null: no beginning; from 1900 to 2200, as the other end
   * @param to exclusive; null: no end
   */
  record Between(When when, Instant from, Instant to) implements Condition {

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** Checks the ends. */
    public Between {
      require(when != null && (from != null || to != null), "a span without ends");
      require(from == null || (!from.isBefore(FIRST) && from.isBefore(LAST)), "from " + from);
      require(to == null || (!to.isBefore(FIRST) && to.isBefore(LAST)), "to " + to);
      require(from == null || to == null || from.isBefore(to), from + " to " + to);
    }
  }

  /** There is no such moment: the device never reported, or was never put into service. */
  record Never(When when) implements Condition {}

  /**
   * A number is one of several.
   *
   * @param values 1 to {@value #MOST_VALUES} numbers of 1..20 digits without leading zeros (of an
   *     ICCID with them), each once, shorter and smaller ones first
   */
  record OneOf(Attribute attribute, List<String> values) implements Condition {

    private static final int MOST_DIGITS = 20;

    /** Checks the values, and puts them in order. */
    public OneOf {
      require(attribute != null && !values.isEmpty(), "no values");
      require(values.size() <= MOST_VALUES, values.size() + " values");
      values =
          values.stream()
              .map(value -> digits(attribute, value))
              .distinct()
              .sorted(Comparator.comparing(String::length).thenComparing(value -> value))
              .toList();
    }

    private static String digits(Attribute attribute, String value) {
      require(
          !value.isEmpty()
              && value.length() <= MOST_DIGITS
              && value.chars().allMatch(c -> c >= '0' && c <= '9'),
          value);
      String digits = attribute == Attribute.ICCID ? value : value.replaceFirst("^0+(?=.)", "");
      require(attribute == Attribute.ICCID || digits.length() < MOST_DIGITS - 1, value);
      return digits;
    }
  }

  /**
   * The operator's note contains a text, whatever the case.
   *
   * @param text 1..{@value #LONGEST_TEXT} characters, none of them a control character
   */
  record CommentContains(String text) implements Condition {

    /** Checks the text, and makes it lower-case. */
    public CommentContains {
      text = text.toLowerCase(Locale.ROOT);
      require(
          !text.isBlank()
              && text.length() <= LONGEST_TEXT
              && text.chars().noneMatch(Character::isISOControl),
          text);
    }
  }

  /** A number that can lie in a range. */
  enum Measure {
    /** V. */
    BATTERY,
    /** dBm. */
    RSSI,
    /** °C. */
    TEMPERATURE,
    /** The newest valid reading, m³. */
    READING,
    /** %. */
    RESOURCE,
    /** Exchange period, min. */
    PERIOD,
    /** Whole days from commissioning to the last contact. */
    DAYS,
    /** Sessions since commissioning. */
    SESSIONS,
    /** Sessions of the past day. */
    SESSIONS_DAY
  }

  /** A moment of a device. */
  enum When {
    /** When its newest packet was received. */
    RECEIVED,
    /** The module's clock in that packet. */
    MODULE,
    /** The meter's clock in that packet. */
    METER,
    /** When it was put into service. */
    COMMISSIONED
  }

  /** A number that names something. */
  enum Attribute {
    /** Number of the model. */
    MODEL,
    /** Version of the protocol. */
    PROTOCOL,
    /** Number of the band. */
    BAND,
    /** Serial number. */
    SERIAL,
    /** IMEI. */
    IMEI,
    /** Digits of the SIM. */
    ICCID
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
