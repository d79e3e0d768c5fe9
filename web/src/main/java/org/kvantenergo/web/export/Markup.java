package org.kvantenergo.web.export;

/** Texts inside XML and HTML. */
public final class Markup {

  private static final char REPLACEMENT = '\uFFFD';

  private Markup() {}

  /**
   * What neither XML 1.0 nor HTML may hold becomes U+FFFD: control characters, half surrogate
   * pairs, characters that are none.
   */
  static String clean(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isAllowed(c)) {
        return cleaned(text, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  /** Also escaped, for content and for attributes in double quotes. */
  public static String escaped(String text) {
    String clean = clean(text);
    StringBuilder out = null;
    for (int i = 0; i < clean.length(); i++) {
      String entity = entity(clean.charAt(i));
      if (entity != null && out == null) {
        out = new StringBuilder(clean.length() + 16).append(clean, 0, i);
      }
      if (out != null) {
        if (entity == null) {
          out.append(clean.charAt(i));
        } else {
          out.append(entity);
        }
      }
    }
    return out == null ? clean : out.toString();
  }

  // A parser turns a bare CR into LF, and in an attribute any of them into a space.
  private static String entity(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\r' -> "&#13;";
      case '\n' -> "&#10;";
      case '\t' -> "&#9;";
      default -> null;
    };
  }

  private static String cleaned(String text, int from) {
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
    text.substring(from)
        .codePoints()
        .forEach(c -> out.appendCodePoint(isAllowed(c) ? c : REPLACEMENT));
    return out.toString();
  }

  private static boolean isAllowed(int c) {
    if (c < 0x20) {
      return c == '\t' || c == '\n' || c == '\r';
    }
    boolean control = c >= 0x7F && c <= 0x9F;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean none = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !control && !half && !none;
  }
}
