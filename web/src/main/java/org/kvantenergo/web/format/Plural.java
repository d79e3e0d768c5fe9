package org.kvantenergo.web.format;

import java.util.Locale;

/** The form of a noun that goes with a number. */
public final class Plural {

  private Plural() {}

  /**
   * Picks a form.
   *
   * @param forms separated by «|»: in Russian for 1, 2 and 5, in English for 1 and 2
   */
  public static String of(Locale locale, long number, String forms) {
    String[] form = forms.split("\\|");
    if (!locale.getLanguage().equals("ru")) {
      return form[number == 1 ? 0 : 1];
    }
    long tens = number % 100;
    long ones = number % 10;
    if (ones == 1 && tens != 11) {
      return form[0];
    }
    return form[ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2];
  }
}
