package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relay;
import org.kvantenergo.wire.packet.Relayed;

/** Few connections: base stations with many blocks, and sessions that are silent. */
@Timeout(60)
class QuietLoadsTest {

  private static Simulation simulation(Peer peer) throws Exception {
    return new Simulation(
        Simulation.Settings.of("127.0.0.1", peer.port()), Clock.systemUTC(), line -> {});
  }

  private static void end(Simulation simulation, Run run) throws InterruptedException {
    simulation.stop();
    run.finish();
    Done.await(() -> simulation.totals().snapshot().open() == 0);
  }

  @Test
  void stationsRelayForTheirBlocksInTurn() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      RelayLoad load = new RelayLoad(simulation, new RelayLoad.Plan(2, 40, 5));
      load.start();
      // One station may be through with its blocks many times before the other begins.
      Done.await(
          () ->
              simulation.totals().snapshot().acknowledged() >= 400
                  && !peer.recordsOfBlock(330000000039L).isEmpty()
                  && !peer.recordsOfBlock(330000000040L).isEmpty());
      end(simulation, load);
      Totals.Snapshot totals = simulation.totals().snapshot();
      assertThat(totals.clean()).isTrue();
      assertThat(totals.sessions()).isEqualTo(2);
      assertThat(totals.complete()).isEqualTo(2);
      assertThat(peer.storedRecords()).isEqualTo((int) totals.stored());
      assertThat(peer.heard())
          .allMatch(session -> session.hello().kind() == DeviceKind.BASE_STATION);
      Set<Long> blocks = new TreeSet<>();
      for (Peer.Heard session : peer.heard()) {
        blocks.addAll(session.relayed().keySet());
        session.relayed().values().forEach(QuietLoadsTest::infoThenReadings);
      }
      assertThat(blocks).hasSize(40).contains(330000000001L, 330000000040L);
      // Two stations in turn: no block is more than a round ahead of another of its station.
      int most =
          blocks.stream().mapToInt(block -> peer.recordsOfBlock(block).size()).max().orElse(0);
      assertThat(most).isGreaterThan(5);
    }
  }

  private static void infoThenReadings(Iterable<Packet> packets) {
    assertThat(packets).first().satisfies(packet -> assertThat(packet).isInstanceOf(Info.class));
    assertThat(packets).filteredOn(Readings.class::isInstance).isNotEmpty();
  }

  @Test
  void aRelayedRejectIsCounted() throws Exception {
    Peer.Script blocked =
        (session, question) ->
            question instanceof Relay relay && relay.serial() == 330000000001L
                ? new Relayed(relay.serial(), new Reject(Reject.Reason.BLOCK_BLOCKED))
                : null;
    try (Peer peer = new Peer(blocked);
        Simulation simulation = simulation(peer)) {
      RelayLoad load = new RelayLoad(simulation, new RelayLoad.Plan(1, 4, 2));
      load.start();
      Done.await(() -> simulation.totals().snapshot().acknowledged() >= 10);
      simulation.stop();
      // INFO and the record of the blocked one.
      assertThat(simulation.totals().snapshot().rejects()).isEqualTo(2);
    }
  }

  @Test
  void idleSessionsSayOneThingAndAreSilent() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Idle idle = new Idle(simulation, 250, 1001);
      idle.start();
      Done.await(() -> idle.idle() == 250);
      assertThat(simulation.totals().snapshot().open()).isEqualTo(250);
      assertThat(simulation.totals().snapshot().stored()).isEqualTo(250);
      end(simulation, idle);
      assertThat(simulation.totals().snapshot().complete()).isEqualTo(250);
      assertThat(peer.heard()).allMatch(session -> session.hello().serial() > 300000001000L);
    }
  }

  @Test
  void plansCheckTheirRanges() {
    assertThatThrownBy(() -> new RelayLoad.Plan(2, 19, 10))
        .hasMessage("19 blocks behind 2 stations, 10 unanswered");
  }
}
