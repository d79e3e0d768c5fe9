package org.kvantenergo.web.export;

/**
 * A column of a file.
 *
 * @param name its element in XML: letters, unique in the table, never given another meaning
 * @param header as people read it, with its unit
 * @param type of its values
 * @param width characters that most of its values need
 * @param decimals that a workbook and a page of paper show of a number; {@link #AS_SENT} = all
 */
public record Column(String name, String header, Type type, int width, int decimals) {

  /** As many decimals as the number has. */
  public static final int AS_SENT = -1;

  /** What a column holds; null stands for nothing known in all of them. */
  public enum Type {
    /** A String; numbers that name something are texts. */
    TEXT,
    /** A Long. */
    INTEGER,
    /** A Float or a Double as it was sent; may be NaN or infinite. */
    DECIMAL,
    /** An Instant. */
    TIME
  }

  /** A column without decimals. */
  public static Column of(String name, String header, Type type, int width) {
    return new Column(name, header, type, width, AS_SENT);
  }
}
