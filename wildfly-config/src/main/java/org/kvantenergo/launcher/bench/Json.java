package org.kvantenergo.launcher.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The little of JSON that figures need: objects as maps in their order, arrays as lists, strings,
 * numbers (read as double), booleans, and null for what is not known.
 */
final class Json {

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if it is none
   */
  @SuppressWarnings("unchecked") // an object is read into a map with keys that are strings
  static Map<String, Object> object(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.blank();
    if (!(value instanceof Map) || json.at != text.length()) {
      throw json.wrong("an object and nothing more");
    }
    return (Map<String, Object>) value;
  }

  /**
   * A number inside nested objects.
   *
   * @throws IllegalArgumentException if there is none
   */
  static double number(Map<String, Object> object, String... path) {
    Object value = object;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    if (value instanceof Double number) {
      return number;
    }
    throw new IllegalArgumentException("no number " + String.join(".", path) + " in " + object);
  }

  private Object value() {
    blank();
    char first = at < text.length() ? text.charAt(at) : 0;
    return switch (first) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    if (!ends('}')) {
      do {
        blank();
        String name = string();
        take(':');
        members.put(name, value());
      } while (goesOn('}'));
    }
    return members;
  }

  private List<Object> elements() {
    List<Object> elements = new ArrayList<>();
    take('[');
    if (!ends(']')) {
      do {
        elements.add(value());
      } while (goesOn(']'));
    }
    return elements;
  }

  private boolean ends(char end) {
    blank();
    if (at < text.length() && text.charAt(at) == end) {
      at++;
      return true;
    }
    return false;
  }

  private boolean goesOn(char end) {
    if (ends(end)) {
      return false;
    }
    take(',');
    return true;
  }

  private String string() {
    take('"');
    StringBuilder read = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at++);
      read.append(next == '\\' ? escaped() : next);
    }
    take('"');
    return read.toString();
  }

  private char escaped() {
    char code = at < text.length() ? text.charAt(at++) : 0;
    return switch (code) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '"', '\\', '/' -> code;
      default -> throw wrong("an escape that figures need");
    };
  }

  private Object word() {
    int begin = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(begin, at);
    if (word.equals("null")) {
      return null;
    }
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      throw wrong("a value");
    }
  }

  private void take(char wanted) {
    blank();
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private void blank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("at %d is not %s: %s".formatted(at, wanted, text));
  }

  /** The text of maps, lists, strings, numbers and booleans; a line a member, short ones in one. */
  static String text(Object value) {
    return text(value, "");
  }

  private static String text(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((name, member) -> members.add(quoted(name) + ": " + text(member, indent + "  ")));
      return joined("{", members, "}", indent);
    }
    if (value instanceof List<?> list) {
      return joined(
          "[", list.stream().map(element -> text(element, indent + "  ")).toList(), "]", indent);
    }
    if (value instanceof Double number) {
      return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
    return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value);
  }

  private static String joined(String begin, List<String> parts, String end, String indent) {
    String line = begin + String.join(", ", parts) + end;
    return line.length() < 100 && !line.contains("\n")
        ? line
        : begin
            + "\n"
            + indent
            + "  "
            + String.join(",\n" + indent + "  ", parts)
            + "\n"
            + indent
            + end;
  }

  private static String quoted(Object value) {
    String text = Objects.toString(value);
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }
}
