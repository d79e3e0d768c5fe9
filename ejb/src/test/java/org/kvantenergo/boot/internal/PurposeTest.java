package org.kvantenergo.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.TestDatabase;

class PurposeTest {

  private final TestDatabase database = TestDatabase.create();
  private final Purpose purpose = new Purpose(database.dataSource());

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDatabaseNeverChangesSides(boolean demo) {
    purpose.require(demo);
    assertThatCode(() -> purpose.require(demo)).doesNotThrowAnyException();
    assertThatThrownBy(() -> purpose.require(!demo))
        .hasMessage(
            "KVANT-2018 This database was set up with kvant.demo="
                + demo
                + ". The demo's passwords are published, so the two never mix: take another"
                + " database");
  }

  @Test
  void anEmptyDatabaseIsForNeitherYet() throws Exception {
    assertThat(database.value("select count(*) from purpose")).isEqualTo("0");
  }
}
