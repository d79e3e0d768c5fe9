package org.kvantenergo.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginPageTest {

  private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(texts(RUSSIAN).keySet())
        .isEqualTo(texts(Locale.ENGLISH).keySet())
        .contains("refused");
    for (Locale locale : Language.ALL) {
      assertThat(texts(locale).getLocale()).isEqualTo(locale);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,'Логин или пароль не подошли. Осталась 1 попытка, затем вход закроется на 15 минут.'",
    "2,'Логин или пароль не подошли. Осталось 2 попытки, затем вход закроется на 15 минут.'",
    "4,'Логин или пароль не подошли. Осталось 4 попытки, затем вход закроется на 15 минут.'"
  })
  void attemptsAreCountedInRussian(int left, String text) {
    assertThat(say(RUSSIAN, "refused", left)).isEqualTo(text);
  }

  @Test
  void attemptsAreCountedInEnglish() {
    assertThat(say(Locale.ENGLISH, "refused", 1))
        .isEqualTo(
            "Login or password is wrong. 1 attempt is left, then sign-in closes for 15 minutes.");
    assertThat(say(Locale.ENGLISH, "refused", 3))
        .isEqualTo(
            "Login or password is wrong. 3 attempts are left, then sign-in closes for 15 minutes.");
    assertThat(say(Locale.ENGLISH, "nobody"))
        .isEqualTo(
            "There are no accounts yet. Set the first administrator's password (KVANT_ADMIN_PASSWORD) and restart the server.");
  }

  @ParameterizedTest
  @CsvSource({"PT15M,15", "PT14M0.001S,15", "PT14M,14", "PT1S,1", "PT0S,1", "PT-1S,1"})
  void lockIsToldInMinutesRoundedUp(Duration left, long minutes) {
    assertThat(Admission.minutes(left)).isEqualTo(minutes);
  }

  private static String say(Locale locale, String key, Object... values) {
    return new MessageFormat(texts(locale).getString(key), locale).format(values);
  }

  private static ResourceBundle texts(Locale locale) {
    return ResourceBundle.getBundle(Admission.TEXTS, locale);
  }
}
