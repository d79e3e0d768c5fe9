package org.kvantenergo.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "http://kvant.example:8080, kvant.example:8080, false",
    "https://kvant.example, KVANT.example, false",
    ", kvant.example, false",
    "https://evil.example, kvant.example, true",
    "http://kvant.example, kvant.example:8080, true",
    "null, kvant.example, true",
    "http://kvant.example, , true",
    "http://[kvant, kvant.example, true"
  })
  void onlyTheHostItselfIsNoStranger(String origin, String host, boolean foreign) {
    assertThat(Origin.foreign(origin, host)).isEqualTo(foreign);
  }
}
