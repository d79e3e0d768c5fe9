package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;

/** Modules with keys: docs/protocol.md, "Authentication". */
@Timeout(30)
class KeyTest {

  private static final String HEX = "0f".repeat(32);
  private static final byte[] KEY = HexFormat.of().parseHex(HEX);
  private static final ModuleIdentity MODULE = ModuleIdentity.ofFleet(1);

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

  private Totals.Snapshot fleet(Peer peer, Keys keys, int rounds) throws Exception {
    Simulation.Settings settings =
        new Simulation.Settings(
            Target.of("127.0.0.1", peer.port()), 1, null, Duration.ofMillis(20), keys, false);
    try (Simulation simulation = new Simulation(settings, Clock.systemUTC(), messages::add)) {
      Duration hour = Duration.ofSeconds(1);
      Fleet fleet =
          new Fleet(
              simulation,
              new Fleet.Plan(2, 1, hour, 0, false, Faults.NONE, Integer.MAX_VALUE, 0, rounds));
      fleet.start();
      Done.await(fleet);
      return simulation.totals().snapshot();
    }
  }

  @Test
  void everyFrameCarriesATagAndTheCounterGrows() throws Exception {
    try (Peer peer = new Peer()) {
      peer.key(MODULE.imei(), KEY);
      peer.key(MODULE.imei() + 1, KEY);
      Totals.Snapshot totals = fleet(peer, Keys.same(HEX), 2);
      assertThat(peer.faults()).isEmpty();
      assertThat(totals.stored()).isEqualTo(6);
      assertThat(totals.clean()).isTrue();
    }
  }

  @Test
  void anAnswerWithoutARightTagCountsAsNotReceived() throws Exception {
    try (Peer peer = new Peer()) {
      peer.key(MODULE.imei(), KEY);
      peer.forge(1);
      Files.writeString(folder.resolve("keys"), "# a comment\n\n860000000000001 " + HEX + "\n");
      Totals.Snapshot totals = fleet(peer, Keys.read(folder.resolve("keys")), 1);
      assertThat(peer.storedRecords()).isEqualTo(3);
      assertThat(totals.acknowledged()).isEqualTo(3);
      assertThat(totals.unexpected()).isZero();
      assertThat(peer.faults()).isEmpty();
    }
  }

  @Test
  void theCounterFollowsTheClockAndNeverStands() {
    SessionCounter counter = new SessionCounter();
    Instant now = Instant.parse("2025-01-02T00:00:00Z");
    assertThat(counter.next(now)).isEqualTo(864_000);
    assertThat(counter.next(now)).isEqualTo(864_001);
    assertThat(counter.next(now.minusSeconds(3600))).isEqualTo(864_002);
    SessionCounter restored = new SessionCounter();
    restored.restore(counter.last());
    assertThat(restored.next(now)).isEqualTo(864_003);
    assertThat(restored.next(now.plusSeconds(1))).isEqualTo(864_010);
  }

  @Test
  void keysAreFoundByImeiBySerialAndInTheRecording() throws Exception {
    Path file = folder.resolve("keys");
    Files.writeString(file, "320000000001 " + HEX + "\n");
    Keys keys = Keys.read(file);
    assertThat(keys.of(ModuleIdentity.ofStation(1))).isEqualTo(KEY);
    assertThat(keys.of(ModuleIdentity.ofStation(2))).isNull();
    byte[] recorded = Keys.RECORDED.of(new ModuleIdentity(868333030969717L, 1, 1, 1, ""));
    assertThat(HexFormat.of().formatHex(recorded)).startsWith("000102030405").hasSize(64);
    Files.writeString(file, "320000000001\n");
    assertThatThrownBy(() -> Keys.read(file))
        .hasMessage(file + ", line 1: IMEI or serial, a space, 64 hex digits");
    assertThatThrownBy(() -> Keys.same("0f")).hasMessage("a key is 64 hex digits, not 2 others");
  }

  @Test
  void aLiveModuleRemembersWhatItWasTold() throws Exception {
    Path file = folder.resolve("state");
    SimulatedModule module = new SimulatedModule(MODULE, KEY);
    module.settings().open(true);
    module.settings().retries(new org.kvantenergo.wire.command.DeviceCommand.SetRetries(8));
    module.commands().remember(17, 0).tell();
    module.counter().restore(1_000);
    new LiveState(file).keep(module);
    SimulatedModule restored = new SimulatedModule(MODULE, KEY);
    new LiveState(file).restore(restored);
    assertThat(restored.settings().open()).isTrue();
    assertThat(restored.info()).isEqualTo(module.info());
    assertThat(restored.info().retries()).isEqualTo(8);
    assertThat(restored.commands().of(17).result()).isZero();
    assertThat(restored.counter().last()).isEqualTo(1_000);
  }
}
