package org.kvantenergo.adapter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

  private long now = Long.MAX_VALUE - PAUSE / 2;
  private final Traffic traffic = new Traffic(() -> now);

  @Test
  void withNobodyElseAboutEveryLaneMayTake() {
    assertThat(traffic.quiet()).isTrue();
    assertThat(traffic.takeBulkTurn()).isTrue();
    assertThat(traffic.takeBulkTurn()).isTrue();
    assertThat(traffic.bulkTurn()).isZero();
  }

  @Test
  void besideOthersOneLaneTakesATurn() {
    traffic.prompt();
    assertThat(traffic.takeBulkTurn()).isTrue();
    assertThat(traffic.takeBulkTurn()).isFalse();
    assertThat(traffic.bulkTurn()).isEqualTo(PAUSE);
    now += PAUSE - 1;
    assertThat(traffic.takeBulkTurn()).isFalse();
    assertThat(traffic.bulkTurn()).isEqualTo(1);
    now += 1;
    assertThat(traffic.takeBulkTurn()).isTrue();
    assertThat(traffic.takeBulkTurn()).isFalse();
  }

  @Test
  void itIsQuietAWhileAfterTheLastOfThem() {
    traffic.prompt();
    now += QUIET - 1;
    assertThat(traffic.quiet()).isFalse();
    now += 1;
    assertThat(traffic.quiet()).isTrue();
  }
}
