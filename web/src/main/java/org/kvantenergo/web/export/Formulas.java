package org.kvantenergo.web.export;

/**
 * Texts that a spreadsheet would run. Comments, names of groups and access points are written by
 * people and modules, and a file is opened by somebody else.
 */
final class Formulas {

  // The full-width ones too: some keyboards' spreadsheets take them for the others.
  private static final String BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private Formulas() {}

  /** Whether a spreadsheet might take a text for a formula. */
  static boolean isOne(String text) {
    return !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0;
  }

  /** The text, with an apostrophe before it if it might be one. */
  static String disarmed(String text) {
    return isOne(text) ? "'" + text : text;
  }
}
