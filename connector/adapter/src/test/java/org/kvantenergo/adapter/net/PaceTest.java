package org.kvantenergo.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace(0);

  @Test
  void aReportIsNotMuch() {
    for (int i = 0; i < Pace.BURST - 1; i++) {
      pace.frame(0, 1, true);
    }
    assertThat(pace.bulk()).isFalse();
    pace.frame(0, 1, true);
    assertThat(pace.bulk()).isTrue();
  }

  @Test
  void anArchiveIsMuchAfterEightFullFrames() {
    for (int i = 0; i < 7; i++) {
      pace.frame(0, 64, true);
    }
    assertThat(pace.bulk()).isFalse();
    pace.frame(0, 64, true);
    assertThat(pace.bulk()).isTrue();
  }

  @Test
  void aFewFramesASecondGoOnForEver() {
    for (int i = 0; i < 10_000; i++) {
      pace.frame(i * SECOND / 9, 1, true);
    }
    assertThat(pace.bulk()).isFalse();
  }

  @Test
  void afterARestItIsInFrontAgainButNotWhileAnswersAreOut() {
    for (int i = 0; i < 100; i++) {
      pace.frame(0, 1, true);
    }
    pace.frame(SECOND, 1, false);
    assertThat(pace.bulk()).as("too short").isTrue();
    pace.frame(10 * SECOND, 1, true);
    assertThat(pace.bulk()).as("answers are out").isTrue();
    pace.frame(20 * SECOND, 1, false);
    assertThat(pace.bulk()).isFalse();
  }
}
