package org.kvantenergo.registry.lists.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns(2);
  private final List<String> done = new ArrayList<>();

  @Test
  void whatWaitsIsDoneByWhoeverIsAtIt() {
    assertThat(turns.offer(() -> done.add("first"))).isTrue();
    assertThat(turns.offer(() -> done.add("second"))).isTrue();
    assertThat(turns.offer(() -> done.add("third"))).as("two are enough").isFalse();
    turns.run();
    assertThat(done).containsExactly("first", "second", "third");
    turns.run();
    assertThat(turns.offer(() -> done.add("fourth"))).isTrue();
    turns.run();
    assertThat(done).hasSize(4);
  }

  @Test
  void whatFailsTakesNobodysTurn() {
    for (int i = 0; i < 3; i++) {
      assertThat(turns.offer(TurnsTest::fail)).isTrue();
      assertThatThrownBy(turns::run).isInstanceOf(IllegalStateException.class);
    }
  }

  private static void fail() {
    throw new IllegalStateException("as it must");
  }
}
