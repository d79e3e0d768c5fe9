package org.kvantenergo.adapter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private long nanos = Long.MAX_VALUE - 5;
  private final Traffic traffic = new Traffic(() -> nanos);

  @Test
  void itsClockBeginsAtZero() {
    assertThat(traffic.now()).isZero();
    nanos += 10;
    assertThat(traffic.now()).isEqualTo(10);
  }

  @Test
  void itIsQuietUntilSomebodyComesAndAWhileAfter() {
    assertThat(traffic.quiet(0)).isTrue();
    traffic.onTime(0);
    assertThat(traffic.quiet(100 * MILLI - 1)).isFalse();
    assertThat(traffic.quiet(100 * MILLI)).isTrue();
  }

  @Test
  void aTurnRestsThreeTimesAsLongAsItTook() {
    traffic.onTime(0);
    assertThat(traffic.turnIn(0)).isZero();
    assertThat(traffic.takeTurn(0)).isTrue();
    traffic.turnTook(5 * MILLI, 5 * MILLI);
    assertThat(traffic.turnIn(5 * MILLI)).isEqualTo(15 * MILLI);
    assertThat(traffic.takeTurn(20 * MILLI - 1)).isFalse();
    assertThat(traffic.takeTurn(20 * MILLI)).isTrue();
    assertThat(traffic.takeTurn(20 * MILLI)).as("by another lane").isFalse();
    assertThat(traffic.turnIn(20 * MILLI)).as("as long as before").isEqualTo(20 * MILLI);
    traffic.turnTook(22 * MILLI, 2 * MILLI);
    assertThat(traffic.turnIn(22 * MILLI)).isEqualTo(18 * MILLI);
    assertThat(traffic.takeTurn(40 * MILLI)).isTrue();
    traffic.turnTook(42 * MILLI, 2 * MILLI);
    assertThat(traffic.turnIn(42 * MILLI)).isEqualTo(6 * MILLI);
  }

  @Test
  void aLongRestEndsWhenItIsQuiet() {
    traffic.onTime(0);
    assertThat(traffic.takeTurn(0)).isTrue();
    traffic.turnTook(90 * MILLI, 90 * MILLI);
    assertThat(traffic.turnIn(90 * MILLI)).isEqualTo(10 * MILLI);
  }
}
