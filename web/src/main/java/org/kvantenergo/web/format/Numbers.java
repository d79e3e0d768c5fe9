package org.kvantenergo.web.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers of the tables: decimal comma in Russian, point in English; narrow no-break spaces between
 * thousands; a real minus sign.
 */
public final class Numbers {

  private static final char THOUSANDS = '\u202F';
  private static final char MINUS = '\u2212';

  private final char comma;

  /** For the viewer's language. */
  public Numbers(Locale locale) {
    comma = locale.getLanguage().equals("en") ? '.' : ',';
  }

  /** A whole number: 1 284. */
  public String whole(long value) {
    return plain(BigDecimal.valueOf(value), true);
  }

  /** Two decimals: 1 284,07; NaN and ∞ as such. */
  public String fixed(double value) {
    return Double.isFinite(value)
        ? plain(new BigDecimal(value).setScale(2, RoundingMode.HALF_UP), true)
        : special(value);
  }

  /** At most so many decimals, trailing zeros left out; NaN and ∞ as such. */
  public String rounded(double value, int decimals) {
    return Double.isFinite(value)
        ? exact(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP))
        : special(value);
  }

  /** As many decimals as it has, trailing zeros left out. */
  public String exact(BigDecimal value) {
    BigDecimal bare = value.stripTrailingZeros();
    return plain(bare.scale() < 0 ? bare.setScale(0) : bare, true);
  }

  /** As it was sent: the shortest digits that give the same f32. */
  public String sent(float value) {
    if (!Float.isFinite(value)) {
      return special(value);
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 9; digits++) {
      shortest = exact.round(new MathContext(digits));
      if (shortest.floatValue() == value) {
        break;
      }
    }
    return plain(shortest.stripTrailingZeros(), false);
  }

  /** As it was sent: the shortest digits that give the same f64. */
  public String sent(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    return plain(shortest.stripTrailingZeros(), false);
  }

  /**
   * Zeros that, hidden, make numbers align on their comma.
   *
   * @param text what is shown
   * @param decimals of the longest number of the column
   */
  public String padding(String text, int decimals) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(text.length() - 1))) {
      return "";
    }
    int at = text.indexOf(comma);
    int there = at < 0 ? 0 : text.length() - at - 1;
    String zeros = "0".repeat(Math.max(0, decimals - there));
    return at < 0 && !zeros.isEmpty() ? comma + zeros : zeros;
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : MINUS + "∞";
  }

  private String plain(BigDecimal value, boolean grouped) {
    String digits = value.abs().toPlainString();
    int point = digits.indexOf('.');
    String whole = point < 0 ? digits : digits.substring(0, point);
    StringBuilder text = new StringBuilder(digits.length() + 4);
    if (value.signum() < 0) {
      text.append(MINUS);
    }
    for (int i = 0; i < whole.length(); i++) {
      if (grouped && i > 0 && (whole.length() - i) % 3 == 0) {
        text.append(THOUSANDS);
      }
      text.append(whole.charAt(i));
    }
    if (point >= 0) {
      text.append(comma).append(digits, point + 1, digits.length());
    }
    return text.toString();
  }
}
