package org.kvantenergo.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.Journal;
import org.kvantenergo.simulator.Peer;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;

@Timeout(60)
class MainTest {

  @TempDir Path folder;

  private static int run(Peer peer, String command, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = command;
    arguments[1] = "--quiet";
    arguments[2] = "--port";
    arguments[3] = Integer.toString(peer.port());
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Main.execute(new Interruption(), arguments);
  }

  @Test
  void replayEndsWithZeroAndAJournal() throws IOException {
    Path journal = folder.resolve("journal");
    Path json = folder.resolve("json");
    try (Peer peer = new Peer()) {
      String[] files = {"--journal", journal.toString(), "--json", json.toString()};
      assertThat(run(peer, "replay", files)).isZero();
      assertThat(Journal.read(journal)).hasSize(42);
      assertThat(Files.readString(json))
          .startsWith("{\"clean\": true, ")
          .contains("\"stored\": 42");
    }
  }

  @Test
  void onlyRecordedLeavesOutTheThirdModule() throws IOException {
    try (Peer peer = new Peer()) {
      assertThat(run(peer, "replay", "--only-recorded")).isZero();
      assertThat(peer.storedRecords()).isEqualTo(41);
    }
  }

  @Test
  void liveGoesOnAfterTheReplayAndKeepsItsState() throws IOException {
    String state = folder.resolve("state").toString();
    long imei = 868333030969691L;
    try (Peer peer = new Peer()) {
      String[] options = {"--every", "300ms", "--duration", "1s", "--state", state};
      assertThat(run(peer, "live", options)).isZero();
      int first = peer.recordsOf(imei).size();
      assertThat(first).isGreaterThan(1);
      assertThat(peer.recordsOf(imei).get(1).recordNumber()).isEqualTo(1363);
      options =
          new String[] {"--skip-replay", "--every", "1s", "--duration", "1s", "--state", state};
      assertThat(run(peer, "live", options)).isZero();
      assertThat(peer.recordsOf(imei).get(first).recordNumber()).isEqualTo(1362 + first);
    }
  }

  @Test
  void madeUpDevicesGoLiveWithKeyAndStation() throws IOException {
    String state = folder.resolve("state").toString();
    try (Peer peer = new Peer()) {
      byte[] key = new byte[32];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) i; // as modules.csv has it
      }
      peer.key(868333030969717L, key);
      String[] options = {
        "--skip-replay", "--made-up", "--every", "300ms", "--duration", "1s", "--state", state
      };
      assertThat(run(peer, "live", options)).isZero();
      assertThat(peer.faults()).isEmpty();
      assertThat(peer.recordsOf(868333030969717L)).isNotEmpty();
      assertThat(peer.recordsOfBlock(207900009999L)).isNotEmpty();
      assertThat(Files.readString(folder.resolve("state")))
          .contains("868333030969717.counter=")
          .contains("207900009999=");
    }
  }

  @Test
  void aFleetTakesStationsKeysAndGuestsFromTheCommandLine() throws IOException {
    Path json = folder.resolve("json");
    try (Peer peer = new Peer()) {
      String[] options = {
        "--modules",
        "2",
        "--stations",
        "1",
        "--blocks",
        "2",
        "--technological",
        "--hour",
        "1s",
        "--rounds",
        "1",
        "--garbage",
        "1",
        "--idle",
        "1",
        "--json",
        json.toString()
      };
      assertThat(run(peer, "fleet", options)).isZero();
      assertThat(peer.storedRecords()).isEqualTo(4);
      assertThat(peer.recordsOfBlock(330000000002L))
          .extracting(record -> record.status())
          .containsExactly(4097 + (1 << 14));
      assertThat(Files.readString(json))
          .contains("\"commands\": {\"received\": 0, ")
          .containsPattern("\"badManners\": \\{\"stalls\": 0, \"garbage\": [1-9]");
    }
  }

  @Test
  void aModuleThatIsRefusedMakesTheExitCodeOne() throws IOException {
    Peer.Script blocked =
        (session, question) ->
            question instanceof Hello
                ? new HelloAck(HelloAck.Result.BLOCKED, Peer.SERVER_TIME, 0)
                : null;
    try (Peer peer = new Peer(blocked)) {
      String[] options = {"--modules", "1", "--hour", "1s", "--duration", "2s", "--drain", "1s"};
      assertThat(run(peer, "fleet", options)).isEqualTo(1);
    }
  }

  @Test
  void loadMeasures() throws IOException {
    Path json = folder.resolve("json");
    try (Peer peer = new Peer()) {
      String[] options = {
        "--connections", "2", "--records", "4", "--duration", "1s", "--json", json.toString()
      };
      assertThat(run(peer, "load", options)).isZero();
      assertThat(Files.readString(json)).contains("\"measured\": {").contains("\"p99\": ");
    }
  }

  @Test
  void loadEndsItsWarmUpWhenItHasSettled() throws IOException {
    Path json = folder.resolve("json");
    try (Peer peer = new Peer()) {
      String[] options = {
        "--connections",
        "2",
        "--warm-up",
        "60s",
        "--settle",
        "100",
        "--duration",
        "1s",
        "--json",
        json.toString()
      };
      assertThat(run(peer, "load", options)).isZero();
      assertThat(Files.readString(json)).containsPattern("\"cpuSeconds\": \\d+\\.\\d{3}}");
    }
  }

  @Test
  void loadOfAnHourTellsWhatModulesWaited() throws IOException {
    Path json = folder.resolve("json");
    try (Peer peer = new Peer()) {
      String[] options = {
        "--sessions", "hour", "--modules", "30", "--within", "200ms", "--json", json.toString()
      };
      assertThat(run(peer, "load", options)).isZero();
      assertThat(Files.readString(json))
          .contains("\"rejects\": 0, \"busy\": 0,")
          .containsPattern("\"due\": \\{\"p50\": \\d+, \"p99\": \\d+, \"max\": \\d+}")
          .contains("\"records\": 30,");
    }
  }

  @Test
  void loadOfIdleAndRelayedSessions() throws IOException {
    Path json = folder.resolve("json");
    try (Peer peer = new Peer()) {
      String[] idle = {
        "--sessions",
        "idle",
        "--connections",
        "10",
        "--duration",
        "250ms",
        "--json",
        json.toString()
      };
      assertThat(run(peer, "load", idle)).isZero();
      assertThat(Files.readString(json)).contains("\"idle\": 10}");
      String[] relay = {
        "--sessions", "relay", "--blocks", "20", "--window", "4", "--duration", "250ms"
      };
      assertThat(run(peer, "load", relay)).isZero();
    }
  }

  @Test
  void ctrlCEndsARunInGoodOrder() throws IOException {
    try (Peer peer = new Peer()) {
      Interruption interruption = new Interruption();
      interruption.ask();
      String[] arguments = {
        "live", "--quiet", "--skip-replay", "--port", Integer.toString(peer.port())
      };
      assertThat(Main.execute(interruption, arguments)).isZero();
    }
  }

  @Test
  void wrongUseIsTwo() throws IOException {
    try (Peer peer = new Peer()) {
      assertThat(run(peer, "fleet", "--lost-acks", "2")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--hour", "soon")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--sources", "here")).isEqualTo(2);
      assertThat(run(peer, "load", "--records", "65")).isEqualTo(2);
      assertThat(run(peer, "load", "--settle", "0")).isEqualTo(2);
      assertThat(run(peer, "load", "--sessions", "relay", "--window", "0")).isEqualTo(2);
      assertThat(run(peer, "nothing")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--key", "0f")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--blocks", "5")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--stations", "1", "--ping", "10m")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--drop-commands", "2")).isEqualTo(2);
      assertThat(run(peer, "fleet", "--tls-ca", "nowhere.pem")).isEqualTo(2);
      assertThat(peer.heard()).isEmpty();
    }
  }

  @Test
  void timesHaveAUnit() {
    assertThat(Durations.parse("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Durations.parse("20s")).isEqualTo(Duration.ofSeconds(20));
    assertThat(Durations.parse("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
  }
}
