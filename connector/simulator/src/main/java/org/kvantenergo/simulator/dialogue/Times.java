package org.kvantenergo.simulator.dialogue;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and times as scripts write them. */
final class Times {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern RELATIVE = Pattern.compile("now(?:([+-])(\\d{1,9}(?:s|m|h|d)))?");

  private Times() {}

  /** For example 250ms, 10s, 5m, 2h, 400d. */
  static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new ScriptException(
          "'" + text + "' is no duration; for example 250ms, 10s, 5m, 2h, 3d");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /**
   * Seconds since 1970: a number, now, now-2h, or 2021-02-15T05:00:30Z.
   *
   * @param now what now means, s
   */
  static long seconds(String text, long now) {
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      long shift = relative.group(2) == null ? 0 : duration(relative.group(2)).toSeconds();
      return "-".equals(relative.group(1)) ? now - shift : now + shift;
    }
    if (text.contains("T")) {
      try {
        return Instant.parse(text).getEpochSecond();
      } catch (DateTimeParseException e) {
        throw new ScriptException("'" + text + "' is no time", e);
      }
    }
    return FieldType.number(text, 0, 0xFFFF_FFFFL);
  }
}
