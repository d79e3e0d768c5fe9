package org.kvantenergo.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {

  @Test
  void settlesWhenTheLastWindowsAgree() {
    Settling settling = new Settling(3, 0.05);
    assertThat(settling.add(50)).isFalse();
    assertThat(settling.add(80)).isFalse();
    assertThat(settling.add(100)).isFalse();
    assertThat(settling.add(105)).isFalse();
    assertThat(settling.add(104)).isTrue();
    assertThat(settling.add(106)).isTrue();
  }

  @Test
  void aFallCountsLikeARise() {
    Settling settling = new Settling(2, 0.1);
    assertThat(settling.add(100)).isFalse();
    assertThat(settling.add(90)).isFalse();
    assertThat(settling.add(99)).isTrue();
  }

  @Test
  void standingStillIsNotSettled() {
    Settling settling = new Settling(2, 0.1);
    assertThat(settling.add(0)).isFalse();
    assertThat(settling.add(0)).isFalse();
  }
}
