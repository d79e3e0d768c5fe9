package org.kvantenergo.web.format;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.kvantenergo.shared.Span;

/**
 * The dates to which a table is narrowed, whole days of the viewer's zone.
 *
 * @param from the first; null = from the beginning
 * @param until the last; null = to the end
 */
public record Dates(LocalDate from, LocalDate until) implements Serializable {

  public static final Dates ALL = new Dates(null, null);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);

  private static final int EARLIEST = 1970;
  private static final int LATEST = 2106;

  /**
   * From what a date field sends; what is no date is none, and what is turned round is put right.
   */
  public static Dates of(String from, String until) {
    LocalDate first = date(from);
    LocalDate last = date(until);
    return first != null && last != null && last.isBefore(first)
        ? new Dates(last, first)
        : new Dates(first, last);
  }

  private static LocalDate date(String typed) {
    try {
      LocalDate date = typed.isEmpty() ? null : LocalDate.parse(typed);
      return date == null || date.getYear() < EARLIEST || date.getYear() > LATEST ? null : date;
    } catch (DateTimeException e) {
      return null;
    }
  }

  public Span span(ZoneId zone) {
    return new Span(
        from == null ? null : from.atStartOfDay(zone).toInstant(),
        until == null ? null : until.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** «14.02.2021–15.02.2021»; empty for all. */
  public String text() {
    if (from == null && until == null) {
      return "";
    }
    String first = from == null ? "…" : DAY.format(from);
    String last = until == null ? "…" : DAY.format(until);
    return first.equals(last) ? first : first + "–" + last;
  }
}
