package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int POINTS = 25;
  private static final int SECONDS = 5;

  private static double rise(IntToDoubleFunction value) {
    Trend trend = new Trend();
    for (int i = 0; i < POINTS; i++) {
      trend.add(i * SECONDS, value.applyAsDouble(i));
    }
    return trend.rise();
  }

  @Test
  void whatStaysDoesNotRise() {
    assertThat(rise(i -> 40)).isZero();
    assertThat(rise(i -> i % 2 == 0 ? 40 : 60)).isZero();
  }

  @Test
  void whatLeaksRisesByWhatItLeaks() {
    // The second half is 12 steps.
    assertThat(rise(i -> 100 + 0.5 * i)).isCloseTo(6, within(1e-9));
    assertThat(rise(i -> 100 - 0.5 * i)).isCloseTo(-6, within(1e-9));
  }

  @Test
  void theBeginningIsWarmUp() {
    assertThat(rise(i -> i < POINTS / 2 ? 50 + 10 * i : 170)).isZero();
  }

  @Test
  void aFewPointsThatAreFarOffChangeNothing() {
    assertThat(rise(i -> i == 14 || i == 19 ? 900 : 100 + 0.5 * i)).isCloseTo(6, within(2.0));
    assertThat(rise(i -> i == 23 ? 900 : 100)).isZero();
  }

  @Test
  void aLeakIsSeenThroughNoise() {
    Random random = new Random(1);
    double[] noise = random.doubles(POINTS, -4, 4).toArray();
    assertThat(rise(i -> 100 + noise[i])).isBetween(-6.0, 6.0);
    assertThat(rise(i -> 100 + 3 * i + noise[i])).isBetween(30.0, 42.0);
  }

  @Test
  void tooFewPointsAreNotJudged() {
    Trend trend = new Trend();
    trend.add(0, 1);
    trend.add(1, 1);
    trend.add(2, 1);
    assertThatThrownBy(trend::rise).isInstanceOf(IllegalStateException.class);
  }
}
