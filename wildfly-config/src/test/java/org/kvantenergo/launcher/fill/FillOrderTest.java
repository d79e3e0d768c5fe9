package org.kvantenergo.launcher.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FillOrderTest {
  private static final Instant UNTIL = Instant.parse("2026-11-21T09:00:00Z");

  private static FillOrder order(long records, int devices) {
    return new FillOrder(records, devices, UNTIL, 1);
  }

  @Test
  void onlyTheEarliestHourLacksModules() {
    FillOrder order = order(7, 3);
    assertThat(order.from()).isEqualTo("2026-11-21T06:00:00Z");
    assertThat(order.newest()).isEqualTo("2026-11-21T08:00:00Z");
    assertThat(LongStream.range(0, 7).mapToObj(order::hour).map(Instant::toString))
        .containsExactly(
            "2026-11-21T06:00:00Z",
            "2026-11-21T07:00:00Z",
            "2026-11-21T07:00:00Z",
            "2026-11-21T07:00:00Z",
            "2026-11-21T08:00:00Z",
            "2026-11-21T08:00:00Z",
            "2026-11-21T08:00:00Z");
    assertThat(LongStream.range(0, 7).mapToObj(order::device)).containsExactly(0, 0, 1, 2, 0, 1, 2);
    assertThat(
            IntStream.range(5, 11)
                .mapToObj(
                    hour ->
                        UNTIL
                            .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
                            .plusSeconds(3600L * hour))
                .map(order::rowsBefore))
        .containsExactly(0L, 0L, 1L, 4L, 7L, 7L);
  }

  @Test
  void wholeHoursLackNobody() {
    FillOrder order = order(6, 3);
    assertThat(order.hours()).isEqualTo(2);
    assertThat(LongStream.range(0, 6).mapToObj(order::device)).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(order.rowsBefore(order.newest())).isEqualTo(3);
  }

  @Test
  void fewerRecordsThanModulesAreOneHour() {
    FillOrder order = order(2, 5);
    assertThat(order.hours()).isEqualTo(1);
    assertThat(LongStream.range(0, 2).mapToObj(order::device)).containsExactly(0, 1);
    assertThat(order.rowsBefore(UNTIL)).isEqualTo(2);
    assertThat(order.rowsBefore(order.newest())).isZero();
  }

  @Test
  void noModuleReportsBeforeItIsInstalled() {
    long most = FillOrder.most(2, UNTIL);
    assertThat(most).isEqualTo(2 * 16_545);
    assertThat(order(most, 2).from()).isEqualTo("2025-01-01T00:00:00Z");
    assertThatThrownBy(() -> order(most + 1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
