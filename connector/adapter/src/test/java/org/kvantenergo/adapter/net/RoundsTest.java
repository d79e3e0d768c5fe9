package org.kvantenergo.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final AtomicLong now = new AtomicLong(-7_000_000);
  private final List<Long> waits = new ArrayList<>();
  private final Rounds rounds = new Rounds(now::get, this::park);

  private void park(long nanos) {
    waits.add(nanos);
    now.addAndGet(nanos);
  }

  private int look(boolean hasTasks) throws Exception {
    return rounds.calculateStrategy(() -> 3, hasTasks);
  }

  @Test
  void aLoopThatWasIdleLooksAtOnce() throws Exception {
    assertThat(look(false)).isEqualTo(SelectStrategy.SELECT);
    now.addAndGet(500_000);
    assertThat(look(false)).isEqualTo(SelectStrategy.SELECT);
    assertThat(waits).isEmpty();
  }

  @Test
  void aLoopThatIsWokenOftenWaitsForTheRestOfItsRound() throws Exception {
    look(false);
    now.addAndGet(120_000);
    assertThat(look(false)).isEqualTo(SelectStrategy.SELECT);
    now.addAndGet(20_000);
    look(false);
    assertThat(waits).containsExactly(380_000L, 480_000L);
  }

  @Test
  void tasksDoNotWait() throws Exception {
    look(false);
    assertThat(look(true)).isEqualTo(3);
    assertThat(waits).isEmpty();
  }
}
