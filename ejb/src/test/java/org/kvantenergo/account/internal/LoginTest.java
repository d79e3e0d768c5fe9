package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {

  @ParameterizedTest
  @CsvSource({"admin,admin", "' ADMIN ',admin", "Иванов,иванов", "ａｄｍｉｎ,admin", "'',''"})
  void hasOneSpelling(String typed, String login) {
    assertThat(Login.of(typed).value()).isEqualTo(login);
  }

  @Test
  void nothingTypedIsTheEmptyLogin() {
    assertThat(Login.of(null)).isEqualTo(new Login(""));
  }

  @Test
  void isCountedBySha256() {
    assertThat(HexFormat.of().formatHex(Login.of("admin").digest()))
        .isEqualTo("8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918");
  }
}
