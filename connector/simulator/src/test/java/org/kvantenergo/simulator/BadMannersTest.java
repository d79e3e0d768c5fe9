package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.packet.Readings;

@Timeout(30)
class BadMannersTest {

  private static final Duration HOUR = Duration.ofSeconds(1);

  private static Simulation simulation(Peer peer) throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", peer.port()), 1, null, Duration.ofMillis(20)),
        Clock.systemUTC(),
        line -> {});
  }

  private static RudeTotals.Snapshot rude(Simulation simulation) {
    return simulation.totals().snapshot().rude();
  }

  @Test
  void garbageIsShownOutAndComesAgain() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      BadManners guests = new BadManners(simulation, new BadManners.Plan(2, 0, 0, 0, 100));
      guests.start();
      Done.await(() -> rude(simulation).shownOut() >= 4);
      assertThat(rude(simulation).garbage()).isGreaterThanOrEqualTo(4);
      assertThat(peer.heard()).isEmpty();
      assertThat(simulation.totals().snapshot().clean()).isTrue();
    }
  }

  @Test
  void aFloodDoesNotWaitForAnswers() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      BadManners guests = new BadManners(simulation, new BadManners.Plan(0, 1, 0, 0, 100));
      guests.start();
      Done.await(() -> peer.storedRecords() >= 200);
      simulation.stop();
      guests.finish();
      assertThat(peer.heard()).hasSize(1);
      assertThat(peer.heard().get(0).hello().imei()).isEqualTo(860000000000100L);
      assertThat(rude(simulation).floodedFrames()).isGreaterThanOrEqualTo(200);
      assertThat(simulation.totals().snapshot().made()).isZero();
    }
  }

  @Test
  void idlersAndSlowLorisesHoldTheirConnections() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      BadManners guests = new BadManners(simulation, new BadManners.Plan(0, 0, 2, 3, 100));
      guests.start();
      Done.await(() -> peer.heard().size() == 3 && peer.sources().size() == 5);
      assertThat(rude(simulation)).isEqualTo(new RudeTotals.Snapshot(0, 0, 0, 0, 2, 3, 0));
      assertThat(peer.heard())
          .allSatisfy(session -> assertThat(session.packets()).isEmpty())
          .extracting(session -> session.hello().imei())
          .containsExactlyInAnyOrder(860000000000102L, 860000000000103L, 860000000000104L);
    }
  }

  @Test
  void aStalledFrameIsSentAgainWhole() throws Exception {
    AtomicInteger sessions = new AtomicInteger();
    Faults stallsFirst =
        new Faults() {
          @Override
          public boolean losesAck() {
            return false;
          }

          @Override
          public boolean repeats() {
            return false;
          }

          @Override
          public boolean stalls() {
            return sessions.incrementAndGet() == 1;
          }
        };
    // A server's patience ends after 10 s; this one's at once.
    try (Peer peer = Peer.impatient();
        Simulation simulation = simulation(peer)) {
      Fleet fleet =
          new Fleet(
              simulation,
              new Fleet.Plan(1, 0, HOUR, 0, false, stallsFirst, Integer.MAX_VALUE, 0, 1));
      fleet.start();
      Done.await(fleet);
      assertThat(rude(simulation).stalls()).isEqualTo(1);
      assertThat(simulation.totals().snapshot().stored()).isEqualTo(1);
      assertThat(peer.heard()).hasSize(2);
      assertThat(peer.heard().get(0).packets()).noneMatch(Readings.class::isInstance);
    }
  }
}
