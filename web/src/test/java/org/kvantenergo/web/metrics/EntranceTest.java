package org.kvantenergo.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.web.metrics.Entrance.Answer;

class EntranceTest {

  private static final Entrance CLOSED = new Entrance("");
  private static final Entrance KNOWN = new Entrance("s3cret");

  private static Answer answer(Entrance entrance, String remote, String... headers) {
    Map<String, String> all = new java.util.HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return entrance.answer(remote, all::get);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "::1", "0:0:0:0:0:0:0:1"})
  void theMachineItselfIsWelcome(String remote) {
    assertThat(answer(CLOSED, remote)).isEqualTo(Answer.WELCOME);
    assertThat(answer(KNOWN, remote)).isEqualTo(Answer.WELCOME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Real-IP",
        "Via"
      })
  void aProxyOnTheMachineIsNotTheMachine(String header) {
    assertThat(answer(CLOSED, "127.0.0.1", header, "10.0.0.9")).isEqualTo(Answer.NOTHING);
    assertThat(answer(KNOWN, "127.0.0.1", header, "10.0.0.9")).isEqualTo(Answer.NOTHING);
  }

  @Test
  void othersNeedTheToken() {
    String from = "10.0.0.9";
    assertThat(answer(KNOWN, from)).isEqualTo(Answer.NOTHING);
    assertThat(answer(KNOWN, from, "Authorization", "Basic s3cret")).isEqualTo(Answer.NOTHING);
    assertThat(answer(KNOWN, from, "Authorization", "Bearer s3cres")).isEqualTo(Answer.WRONG_TOKEN);
    assertThat(answer(KNOWN, from, "Authorization", "Bearer ")).isEqualTo(Answer.WRONG_TOKEN);
    assertThat(answer(KNOWN, from, "Authorization", "Bearer s3cret")).isEqualTo(Answer.WELCOME);
    assertThat(answer(KNOWN, "127.0.0.1", "Via", "1.1 x", "Authorization", "Bearer s3cret"))
        .isEqualTo(Answer.WELCOME);
  }

  @Test
  void withoutATokenNobodyGuessesIt() {
    assertThat(answer(CLOSED, "10.0.0.9", "Authorization", "Bearer ")).isEqualTo(Answer.NOTHING);
    assertThat(answer(CLOSED, "10.0.0.9", "Authorization", "Bearer x")).isEqualTo(Answer.NOTHING);
  }
}
