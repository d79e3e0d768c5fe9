package org.kvantenergo.registry.lists.internal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.kvantenergo.registry.Resource;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.Problem;
import org.kvantenergo.registry.lists.internal.RawLine.Cell;

/**
 * The values of one line, each by its column; null where a cell is empty, and where it cannot be
 * one: then its error has been told.
 */
final class LineValues {

  private static final BigDecimal MAX_CAPACITY = new BigDecimal("999999999999.999");
  private static final long MAX_SERIAL = 999_999_999_999_999L;
  private static final int MAX_DIAMETER = 3000;
  private static final int VALUE_SHOWN = 100;
  private static final LocalDate EARLIEST = LocalDate.of(1950, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  private static final DateTimeFormatter RUSSIAN =
      DateTimeFormatter.ofPattern("d.M.uuuu[ H:mm[:ss]]").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd['T'HH:mm[:ss]][ HH:mm[:ss]]")
          .withResolverStyle(ResolverStyle.STRICT);

  // As people write them, and as the form does.
  private static final Map<String, Resource> RESOURCES =
      Map.ofEntries(
          Map.entry("хвс", Resource.COLD_WATER),
          Map.entry("холодная вода", Resource.COLD_WATER),
          Map.entry("cold water", Resource.COLD_WATER),
          Map.entry("гвс", Resource.HOT_WATER),
          Map.entry("горячая вода", Resource.HOT_WATER),
          Map.entry("hot water", Resource.HOT_WATER),
          Map.entry("тепло", Resource.HEAT),
          Map.entry("heat", Resource.HEAT),
          Map.entry("газ", Resource.GAS),
          Map.entry("gas", Resource.GAS),
          Map.entry("электроэнергия", Resource.ELECTRICITY),
          Map.entry("electricity", Resource.ELECTRICITY));

  private final Map<Column, Integer> places;
  private final RawLine line;
  private final Consumer<ListError> errors;
  private boolean bad;

  /** Of a line whose columns stand at these places. */
  LineValues(Map<Column, Integer> places, RawLine line, Consumer<ListError> errors) {
    this.places = places;
    this.line = line;
    this.errors = errors;
  }

  /** Whether an error was told. */
  boolean bad() {
    return bad;
  }

  String resource() {
    String text = required(Column.RESOURCE, 50);
    Resource known = RESOURCES.get(text.toLowerCase(Locale.ROOT));
    if (known == null && !text.isEmpty()) {
      error(Column.RESOURCE, Problem.UNKNOWN_VALUE, text);
    }
    return known == null ? "" : known.name();
  }

  String zone() {
    String text = text(Column.ZONE, 50);
    if (text == null) {
      return null;
    }
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      error(Column.ZONE, Problem.UNKNOWN_VALUE, text);
      return null;
    }
    return text;
  }

  UUID guid() {
    String text = text(Column.GUID, 50);
    try {
      return text == null || text.length() != 36
          ? missing(Column.GUID, text)
          : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return missing(Column.GUID, text);
    }
  }

  private UUID missing(Column column, String text) {
    if (text != null) {
      error(column, Problem.UNKNOWN_VALUE, text);
    }
    return null;
  }

  /** A number of a register: digits before and after the point as the base has them. */
  private BigDecimal ofRegister(Column column, int least) {
    BigDecimal number = number(column);
    if (number != null
        && (number.signum() < least
            || number.compareTo(MAX_CAPACITY) > 0
            || number.stripTrailingZeros().scale() > 3)) {
      error(column, Problem.OUT_OF_RANGE, shown(column));
      return null;
    }
    return number;
  }

  BigDecimal reading(Column column) {
    return ofRegister(column, 0);
  }

  BigDecimal capacity() {
    return ofRegister(Column.CAPACITY, 1);
  }

  Integer diameter() {
    Long number = whole(Column.DIAMETER, MAX_DIAMETER);
    return number == null ? null : number.intValue();
  }

  Long serial() {
    return whole(Column.MODULE, MAX_SERIAL);
  }

  private Long whole(Column column, long most) {
    BigDecimal number = number(column);
    if (number == null) {
      return null;
    }
    if (number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      error(column, Problem.OUT_OF_RANGE, shown(column));
      return null;
    }
    return number.longValueExact();
  }

  private BigDecimal number(Column column) {
    String text = text(column, 40);
    if (text == null) {
      return null;
    }
    String plain = text.replaceAll("[\\s\\u00A0\\u202F]", "").replace(',', '.');
    if (!plain.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?")) {
      error(column, Problem.NOT_A_NUMBER, text);
      return null;
    }
    return new BigDecimal(plain);
  }

  LocalDate day(Column column) {
    LocalDateTime time = time(column);
    if (time != null && !time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      error(column, Problem.NOT_A_DATE, shown(column));
    }
    return time == null ? null : time.toLocalDate();
  }

  LocalDateTime time(Column column) {
    String text = text(column, 40);
    if (text == null) {
      return null;
    }
    LocalDateTime time = parsed(text);
    if (time == null) {
      error(column, Problem.NOT_A_DATE, text);
    } else if (time.toLocalDate().isBefore(EARLIEST) || time.toLocalDate().isAfter(LATEST)) {
      error(column, Problem.OUT_OF_RANGE, text);
      return null;
    }
    return time;
  }

  private static LocalDateTime parsed(String text) {
    for (DateTimeFormatter format : List.of(RUSSIAN, ISO)) {
      try {
        return format.parseBest(text, LocalDateTime::from, LocalDate::from)
                instanceof LocalDateTime time
            ? time
            : LocalDate.from(format.parse(text)).atStartOfDay();
      } catch (DateTimeException e) {
        // The next form.
      }
    }
    return null;
  }

  String seals() {
    String text = text(Column.SEALS, 1000);
    if (text == null) {
      return null;
    }
    List<String> numbers = new ArrayList<>();
    for (String number : text.split(",")) {
      String bare = number.strip();
      if (bare.length() > 50) {
        error(Column.SEALS, Problem.TOO_LONG, bare);
      } else if (!bare.isEmpty() && !numbers.contains(bare)) {
        numbers.add(bare);
      }
    }
    return String.join(",", numbers);
  }

  String required(Column column, int longest) {
    String text = text(column, longest);
    if (text == null && shown(column).isEmpty()) {
      error(column, Problem.MISSING, "");
    }
    return text == null ? "" : text;
  }

  String text(Column column, int longest) {
    Cell cell = cell(column);
    Problem problem =
        switch (cell.kind()) {
          case FORMULA -> Problem.FORMULA;
          case WRONG_ENCODING -> Problem.ENCODING;
          case VALUE ->
              cell.text().length() > longest
                  ? Problem.TOO_LONG
                  : cell.text().chars().anyMatch(Character::isISOControl)
                      ? Problem.UNKNOWN_VALUE
                      : null;
        };
    if (problem == Problem.ENCODING && cell.text().chars().allMatch(c -> c < 0x80)) {
      problem = null;
    }
    if (problem != null) {
      error(column, problem, cell.text());
      return null;
    }
    return cell.text().isEmpty() ? null : cell.text();
  }

  String shown(Column column) {
    return cell(column).text();
  }

  private Cell cell(Column column) {
    Integer place = places.get(column);
    return place == null || place >= line.cells().size() ? Cell.EMPTY : line.cells().get(place);
  }

  void error(Column column, Problem problem, String value) {
    bad = true;
    errors.accept(new ListError(line.number(), column, problem, cut(value)));
  }

  static String cut(String value) {
    // U+0000 is no text for the base.
    String safe = value.replace('\0', ' ');
    return safe.length() <= VALUE_SHOWN ? safe : safe.substring(0, VALUE_SHOWN - 1) + "…";
  }
}
