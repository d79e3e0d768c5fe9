package org.kvantenergo.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {

  @Test
  void theTextIsTheKey() {
    RecordKey key = new RecordKey(Instant.ofEpochSecond(0xFFFF_FFFFL), 0xFFFF_FFFFL, -2);
    assertThat(key.text()).isEqualTo("4294967295-4294967295-fffffffffffffffe");
    assertThat(RecordKey.parse(key.text())).contains(key);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "1-2",
        "1-2-3",
        "-1-2-0000000000000000",
        "12345678901-2-0000000000000000",
        "1-2-000000000000000G",
        "1-2-00000000000000001",
        "1-2-0000000000000000\n",
        "' or 1=1"
      })
  void anythingElseIsNone(String text) {
    assertThat(RecordKey.parse(text)).isEmpty();
  }
}
