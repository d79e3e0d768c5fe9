package org.kvantenergo.web.format;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of CSV for spreadsheets: semicolons between, every cell in quotes. */
public final class Csv {

  /** Stands before the first line: without it a spreadsheet takes UTF-8 for the system's page. */
  public static final char BYTE_ORDER_MARK = '\uFEFF';

  private Csv() {}

  /** A line with its end. */
  public static String line(Stream<String> cells) {
    return cells.map(Csv::cell).collect(Collectors.joining(";", "", "\r\n"));
  }

  /** A text that a spreadsheet would take for a formula gets an apostrophe before it. */
  private static String cell(String value) {
    String safe = value.matches("(?s)[=+\\-@\t\r].*") ? "'" + value : value;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
