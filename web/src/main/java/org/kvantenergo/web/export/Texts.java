package org.kvantenergo.web.export;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Values as plain texts: no spaces between thousands, ASCII minus, no exponents, so that every
 * program reads the number that was sent.
 */
final class Texts {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private final ZoneId zone;
  private final char comma;
  private final DateTimeFormatter time;

  private Texts(ZoneId zone, char comma, DateTimeFormatter time) {
    this.zone = zone;
    this.comma = comma;
    this.time = time;
  }

  /** As the viewer's language has them; times without their zone. */
  static Texts forPeople(Heading heading) {
    return new Texts(heading.zone(), isEnglish(heading) ? '.' : ',', TIME);
  }

  /** Decimal point; ISO 8601 with the offset of the zone. */
  static Texts forPrograms(Heading heading) {
    return new Texts(heading.zone(), '.', EXACT);
  }

  static boolean isEnglish(Heading heading) {
    return heading.locale().getLanguage().equals("en");
  }

  /** The words of the pages. */
  static ResourceBundle words(Heading heading) {
    return ResourceBundle.getBundle("org.kvantenergo.web.text", heading.locale());
  }

  /** A header; of times it says the zone. */
  static String header(Column column, Heading heading) {
    return column.type() == Column.Type.TIME
        ? column.header() + " (" + heading.zone().getId() + ")"
        : column.header();
  }

  /** A value; empty for none. */
  String of(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Instant at) {
      return time.format(at.atZone(zone));
    }
    return value instanceof Float || value instanceof Double
        ? decimal((Number) value)
        : value.toString();
  }

  /** The same, safe in a spreadsheet: a number stays one, all else is no formula. */
  String disarmed(Object value) {
    boolean number = value instanceof Number n && Double.isFinite(n.doubleValue());
    return number ? of(value) : Formulas.disarmed(of(value));
  }

  /** With a number of decimals, rounded; for eyes alone. */
  String rounded(Number value, int decimals) {
    BigDecimal exact = exact(value);
    return exact == null || decimals == Column.AS_SENT
        ? of(value)
        : exact
            .setScale(decimals, java.math.RoundingMode.HALF_UP)
            .toPlainString()
            .replace('.', comma);
  }

  private String decimal(Number value) {
    BigDecimal exact = exact(value);
    return exact == null ? special(value.doubleValue()) : exact.toPlainString().replace('.', comma);
  }

  /** NaN, INF, -INF: the words of XML Schema, in every format. */
  static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";
  }

  /** The shortest digits that give the same f32 or f64; null for what is no number. */
  static BigDecimal exact(Number value) {
    if (!Double.isFinite(value.doubleValue())) {
      return null;
    }
    BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0) : number;
  }
}
