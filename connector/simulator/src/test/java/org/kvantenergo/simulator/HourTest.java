package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Readings;

@Timeout(60)
class HourTest {

  private static final Duration WITHIN = Duration.ofMillis(500);

  private static Simulation simulation(Peer peer) throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", peer.port()), 2, null, Duration.ofMillis(100)),
        Clock.systemUTC(),
        line -> {});
  }

  @Test
  void everyModuleReportsOnce() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Hour hour = new Hour(simulation, new Hour.Plan(150, 51, WITHIN, 100));
      hour.start();
      Done.await(hour);
      Done.await(() -> hour.waited().acknowledged() == 150);
      assertThat(peer.heard())
          .extracting(session -> session.hello().serial())
          .hasSize(150)
          .doesNotHaveDuplicates()
          .allMatch(serial -> serial >= 300000000051L && serial <= 300000000200L);
      Totals.Snapshot totals = simulation.totals().snapshot();
      assertThat(totals.stored()).isEqualTo(150);
      assertThat(totals.busy()).isZero();
      assertThat(totals.rejects()).isZero();
    }
  }

  @Test
  void aModuleHasItsOwnMomentAndTheSameInEveryRun() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Hour.Plan plan = new Hour.Plan(1, 1, Duration.ofSeconds(40), 1);
      Hour one = new Hour(simulation, plan);
      Hour other = new Hour(simulation, plan);
      assertThat(one.dueMicros(7)).isEqualTo(other.dueMicros(7)).isNotEqualTo(one.dueMicros(8));
      long early = 0;
      for (int i = 1; i <= 10_000; i++) {
        assertThat(one.dueMicros(i)).isBetween(0L, 39_999_999L);
        early += one.dueMicros(i) < 10_000_000 ? 1 : 0;
      }
      assertThat(early).isBetween(2_300L, 2_700L);
    }
  }

  /** What one module waits for, because the server keeps the one before it, is in its latency. */
  @Test
  void latencyCountsFromTheMomentAModuleWasDue() throws Exception {
    AtomicInteger held = new AtomicInteger();
    Peer.Script slowFirst =
        (session, question) -> {
          if (question instanceof Readings && held.getAndIncrement() == 0) {
            held(700);
          }
          return null;
        };
    try (Peer peer = new Peer(slowFirst);
        Simulation simulation = simulation(peer)) {
      Hour hour = new Hour(simulation, new Hour.Plan(20, 1, Duration.ofMillis(1), 1));
      hour.start();
      Done.await(() -> hour.waited().acknowledged() == 20);
      Totals.Snapshot totals = simulation.totals().snapshot();
      // All were due within a millisecond, and one place let them through behind the slow one.
      assertThat(hour.waited().p50()).isGreaterThanOrEqualTo(699_000);
      assertThat(totals.acks()).isEqualTo(20);
      assertThat(totals.max()).isGreaterThanOrEqualTo(700_000);
      assertThat(totals.p50()).isLessThan(hour.waited().p50());
    }
  }

  private static void held(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void busyAnswersAreCountedAndTheWaitIsPartOfTheLatency() throws Exception {
    AtomicInteger hellos = new AtomicInteger();
    Peer.Script busyAtFirst =
        (session, question) ->
            question instanceof Hello && hellos.getAndIncrement() < 3
                ? new HelloAck(HelloAck.Result.BUSY, Peer.SERVER_TIME, 5)
                : null;
    try (Peer peer = new Peer(busyAtFirst);
        Simulation simulation = simulation(peer)) {
      Hour hour = new Hour(simulation, new Hour.Plan(10, 1, Duration.ofMillis(1), 10));
      hour.start();
      Done.await(() -> hour.waited().acknowledged() == 10);
      assertThat(simulation.totals().snapshot().busy()).isEqualTo(3);
      // The longest wait is cut to 100 ms in this simulation.
      assertThat(hour.waited().max()).isGreaterThanOrEqualTo(100_000);
    }
  }

  @Test
  void aPlanChecksItsRanges() {
    assertThatThrownBy(() -> new Hour.Plan(0, 1, WITHIN, 1))
        .hasMessage("0 modules from 1 on 1 connections");
  }
}
