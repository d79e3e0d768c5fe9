package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relay;
import org.kvantenergo.wire.packet.Relayed;

/** Base stations: docs/protocol.md, "Base stations and blocks". */
@Timeout(30)
class StationTest {

  private static final Duration HOUR = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

  private Simulation simulation(Peer peer) throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", peer.port()),
            1,
            folder.resolve("journal"),
            Duration.ofMillis(20),
            Keys.RECORDED,
            true),
        Clock.systemUTC(),
        messages::add);
  }

  private static Fleet.Plan plan(int stations, int blocks, Faults faults, int rounds) {
    return new Fleet.Plan(
        0,
        0,
        HOUR,
        0,
        false,
        faults,
        Integer.MAX_VALUE,
        0,
        rounds,
        new Fleet.Stations(stations, blocks, 1));
  }

  private static void go(Simulation simulation, Fleet fleet) throws InterruptedException {
    simulation.stop();
    fleet.finish();
    Done.await(() -> simulation.totals().snapshot().open() == 0);
  }

  @Test
  void stationsRelayWhatTheirBlocksSayInOneSession() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet = new Fleet(simulation, plan(2, 5, Faults.NONE, 2));
      fleet.start();
      Done.await(fleet);
      go(simulation, fleet);
      Totals.Snapshot totals = simulation.totals().snapshot();
      assertThat(totals.stored()).isEqualTo(10);
      assertThat(totals.complete()).isEqualTo(2);
      assertThat(totals.clean()).isTrue();
      assertThat(peer.heard()).hasSize(2);
      assertThat(peer.faults()).isEmpty();
      Peer.Heard first =
          peer.heard().stream().filter(s -> s.hello().serial() == 320000000001L).findAny().get();
      assertThat(first.hello().kind()).isEqualTo(DeviceKind.BASE_STATION);
      assertThat(first.hello().imei()).isZero();
      assertThat(first.hello().model()).isEqualTo(900);
      assertThat(first.relayed()).containsOnlyKeys(330000000001L, 330000000003L, 330000000005L);
      assertThat(first.relayed().get(330000000003L).get(0)).isInstanceOf(Info.class);
      assertThat(first.relayed().get(330000000003L)).filteredOn(Info.class::isInstance).hasSize(1);
      assertThat(peer.recordsOfBlock(330000000003L)).hasSize(2);
      assertThat(peer.recordsOfBlock(330000000005L)).hasSize(2);
    }
    assertThat(Journal.read(folder.resolve("journal")))
        .hasSize(10)
        .extracting(Journal.Entry::imei)
        .containsOnly(0L);
  }

  @Test
  void aPingBringsTheCommandsOfBlocks() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet = new Fleet(simulation, plan(1, 2, Faults.NONE, 1));
      fleet.start();
      Done.await(fleet);
      DeviceCommand.SetRetries retries = new DeviceCommand.SetRetries(7);
      peer.order(330000000002L, new Command(41, 4, CommandCodec.arguments(retries)));
      Done.await(() -> simulation.totals().snapshot().commands().acknowledged() == 1);
      go(simulation, fleet);
      assertThat(peer.results(41)).containsExactly(0);
      assertThat(peer.heard().get(0).packets()).hasAtLeastOneElementOfType(Ping.class);
      List<Packet> said = peer.heard().get(0).relayed().get(330000000002L);
      assertThat(said.get(2)).isEqualTo(new CommandResult(41, 0));
      assertThat(((Info) said.get(3)).retries()).isEqualTo(7);
      assertThat(simulation.totals().snapshot().clean()).isTrue();
    }
    assertThat(Journal.commands(folder.resolve("journal")).get(0))
        .isEqualTo(new Journal.CommandEntry(0, 330000000002L, 41, Journal.Step.EXECUTED, 0));
  }

  @Test
  void lostAcknowledgementsLoseNothingAndDoubleNothing() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet = new Fleet(simulation, plan(2, 8, Faults.shares(0.2, 0.2), 3));
      fleet.start();
      Done.await(fleet);
      assertThat(simulation.totals().snapshot().acknowledged()).isEqualTo(24);
      assertThat(simulation.totals().snapshot().unexpected()).isZero();
      assertThat(peer.storedRecords()).isEqualTo(24);
    }
  }

  @Test
  void aBlockedBlockLeavesTheOthersAlone() throws Exception {
    Peer.Script blocksTheFirst =
        (session, question) ->
            question instanceof Relay relay && relay.serial() == 330000000001L
                ? new Relayed(relay.serial(), new Reject(Reject.Reason.BLOCK_BLOCKED))
                : null;
    try (Peer peer = new Peer(blocksTheFirst);
        Simulation simulation = simulation(peer)) {
      Fleet fleet = new Fleet(simulation, plan(1, 3, Faults.NONE, 1));
      fleet.start();
      Done.await(() -> simulation.totals().snapshot().stored() == 2 && !messages.isEmpty());
      assertThat(messages.peek())
          .isEqualTo("KVANT-6004 The server refuses module 330000000001: blocked");
      assertThat(simulation.totals().snapshot().unexpected()).isZero();
      assertThat(peer.heard()).hasSize(1);
    }
  }

  @Test
  void aPlanChecksItsRanges() {
    assertThatThrownBy(() -> new Fleet.Stations(2, 1, 120))
        .hasMessage("1 blocks behind 2 stations, PING every 120 s");
  }
}
