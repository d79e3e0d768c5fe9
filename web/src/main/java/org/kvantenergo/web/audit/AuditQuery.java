package org.kvantenergo.web.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditFilter;

/**
 * What the address of the page asks for, as it was typed; what makes no sense filters nothing.
 *
 * @param from first day, yyyy-MM-dd
 * @param until last day, inclusive
 * @param login of whom
 * @param action name of an {@link AuditAction}; empty for all
 * @param text part of what was written
 * @param page from 0
 */
record AuditQuery(String from, String until, String login, String action, String text, int page) {

  private static final int MOST_DIGITS = 5;

  static AuditQuery of(UnaryOperator<String> parameter) {
    String page = parameter.apply("page");
    return new AuditQuery(
        text(parameter.apply("from")),
        text(parameter.apply("until")),
        text(parameter.apply("login")),
        known(parameter.apply("action")),
        text(parameter.apply("text")),
        page != null && page.matches("\\d{1," + MOST_DIGITS + "}") ? Integer.parseInt(page) : 0);
  }

  AuditFilter filter(ZoneId zone) {
    return new AuditFilter(
        begin(from, zone, 0),
        begin(until, zone, 1),
        login,
        action.isEmpty() ? null : AuditAction.valueOf(action),
        text);
  }

  /** The same question for an address, without the page. */
  String address() {
    return "from=%s&until=%s&login=%s&action=%s&text=%s"
        .formatted(coded(from), coded(until), coded(login), coded(action), coded(text));
  }

  private static Instant begin(String day, ZoneId zone, int daysLater) {
    try {
      return day.isEmpty()
          ? null
          : LocalDate.parse(day).plusDays(daysLater).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The page compares it with what there is, which takes no other names. */
  private static String known(String action) {
    return Arrays.stream(AuditAction.values())
        .map(AuditAction::name)
        .filter(name -> name.equals(action))
        .findFirst()
        .orElse("");
  }

  /** PostgreSQL takes no zeros. */
  private static String text(String typed) {
    return typed == null ? "" : typed.replace("\0", "").strip();
  }

  private static String coded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
