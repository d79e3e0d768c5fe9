package org.kvantenergo.jobs.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.kvantenergo.reading.ArchivePartitions;

class EnsureAheadTest {

  private static ArchivePartitions making(IntSupplier months) {
    return new ArchivePartitions() {
      @Override
      public int ensureAhead() {
        return months.getAsInt();
      }

      @Override
      public LocalDate madeUntil() {
        throw new AssertionError("the job does not ask");
      }
    };
  }

  @Test
  void exitStatusIsTheNumberOfMonthsMade() {
    assertThat(new EnsureAhead(making(() -> 3)).process()).isEqualTo("3");
    assertThat(new EnsureAhead(making(() -> 0)).process()).isEqualTo("0");
  }

  @Test
  void failureOfTheArchiveFailsTheStep() {
    EnsureAhead step =
        new EnsureAhead(
            making(
                () -> {
                  throw new IllegalStateException("no database");
                }));
    assertThatThrownBy(step::process)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no database");
  }
}
