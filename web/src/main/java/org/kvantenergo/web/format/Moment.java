package org.kvantenergo.web.format;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as the tables show it: 15.02.2021 9:45:53 in the viewer's zone.
 *
 * @param date dd.MM.yyyy
 * @param pad an invisible digit that takes the place of the hour's first; empty if it has two
 * @param time H:mm:ss
 * @param tone style classes: «o» for a day that is not today
 */
public record Moment(String date, String pad, String time, String tone) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  /**
   * A time in a zone.
   *
   * @param instant null for none: everything is empty then
   */
  public static Moment of(Instant instant, ZoneId zone, LocalDate today) {
    if (instant == null) {
      return new Moment("", "", "", "");
    }
    ZonedDateTime local = instant.atZone(zone);
    return new Moment(
        DATE.format(local),
        local.getHour() < 10 ? "0" : "",
        TIME.format(local),
        local.toLocalDate().equals(today) ? "" : "o");
  }

  /** The same with one more style class. */
  public Moment with(String severity) {
    return severity.isEmpty() ? this : new Moment(date, pad, time, (tone + " " + severity).strip());
  }

  /** dd.MM.yyyy H:mm:ss, for titles and labels. */
  public String text() {
    return date.isEmpty() ? "" : date + " " + time;
  }
}
