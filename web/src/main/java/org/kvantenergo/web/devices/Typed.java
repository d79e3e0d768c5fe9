package org.kvantenergo.web.devices;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** What people type into the fields of the page, as values; or that it is none. */
final class Typed {

  private static final int MOST_MODEL = 0xFFFF;

  private Typed() {}

  /** Without spaces around; never null. */
  static String text(String typed) {
    return typed == null ? "" : typed.strip();
  }

  /** Digits without the spaces between them, as numbers are copied from elsewhere. */
  static String digits(String typed) {
    return text(typed).replaceAll("[\\s\\u00A0\\u202F]+", "");
  }

  /** Whether it is empty or a number of at most 15 digits. */
  static boolean number(String typed) {
    return digits(typed).matches("[0-9]{0,15}");
  }

  /** A number of at most 15 digits; empty if nothing was typed. */
  static OptionalLong longOf(String typed) {
    String digits = digits(typed);
    return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
  }

  /** Whether it is empty or a u16. */
  static boolean model(String typed) {
    return number(typed) && longOf(typed).orElse(0) <= MOST_MODEL;
  }

  /** A u16; null if nothing was typed. */
  static Integer modelOf(String typed) {
    OptionalLong model = longOf(typed);
    return model.isEmpty() ? null : (Integer) (int) model.getAsLong();
  }

  /** A moment from a field of date and time; null for none. */
  static Instant moment(String typed, ZoneId zone) {
    return typed.isEmpty() ? null : LocalDateTime.parse(typed).atZone(zone).toInstant();
  }

  /** Whether it is empty or date and time. */
  static boolean moment(String typed) {
    try {
      return typed.isEmpty() || LocalDateTime.parse(typed).getYear() > 1;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
