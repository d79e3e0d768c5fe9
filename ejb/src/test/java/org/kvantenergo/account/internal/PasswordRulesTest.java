package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.account.PasswordFault;

class PasswordRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "сено-корова-мост-7",
        "Tр7kk-лампа-в-углу",
        "kvant-demo-admin-1 и чайник",
        "ночью реки молчат",
        "ffnet-ux7qz-bmp3k"
      })
  void whatIsHardToGuessIsTaken(String password) {
    assertThat(fault(password)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "password1234, COMMON",
    "P@ssw0rd2026, COMMON",
    "qwertyuiop123, COMMON",
    "йцукенгшщзхъ, COMMON",
    "1qaz2wsx3edc, COMMON",
    "123456789012, COMMON",
    "098765432109, COMMON",
    "aaaaaaaaaaaa, COMMON",
    "abababababab, COMMON",
    "пароль123456, COMMON",
    "Gfhjkm123456, COMMON",
    "administrator1, COMMON",
    "водоканал2026, COMMON",
    "kvantenergo1, COMMON",
    "Петрова-1985, PERSONAL",
    "petrova.anna1, PERSONAL",
    "elevenchars, SHORT"
  })
  void whatIsTriedFirstIsNot(String password, PasswordFault fault) {
    assertThat(fault(password)).isEqualTo(fault);
  }

  @Test
  void lengthHasBothEnds() {
    assertThat(fault("ключ-Ыз7")).isEqualTo(PasswordFault.SHORT);
    String words = "семь слов которые знает один человек и больше никто ".repeat(3);
    assertThat(fault(words.substring(0, 128))).isNull();
    assertThat(fault(words.substring(0, 129))).isEqualTo(PasswordFault.LONG);
  }

  @Test
  void aFirstPasswordIsOneThatWouldBeTaken() {
    for (int i = 0; i < 200; i++) {
      String password = FirstPassword.make();
      assertThat(password).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}").doesNotContain("l", "o", "i");
      assertThat(fault(password)).isNull();
    }
  }

  private static PasswordFault fault(String password) {
    return PasswordRules.fault(password.toCharArray(), "petrova.anna", "Петрова Анна").orElse(null);
  }
}
