package org.kvantenergo.jobs.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EnsureAheadTest {

  @Test
  void exitStatusIsTheNumberOfMonthsMade() {
    assertThat(new EnsureAhead(() -> 3).process()).isEqualTo("3");
    assertThat(new EnsureAhead(() -> 0).process()).isEqualTo("0");
  }

  @Test
  void failureOfTheArchiveFailsTheStep() {
    EnsureAhead step =
        new EnsureAhead(
            () -> {
              throw new IllegalStateException("no database");
            });
    assertThatThrownBy(step::process)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no database");
  }
}
