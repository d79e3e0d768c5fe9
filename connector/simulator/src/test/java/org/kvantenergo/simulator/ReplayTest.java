package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

@Timeout(30)
class ReplayTest {

  private static final long FIRST = 868333030969634L;
  private static final long SECOND = 868333030969592L;
  private static final long THIRD = 868333030969691L;

  @Test
  void recordedModulesAreThoseOfTheFigures() {
    List<RecordedModule> modules = RecordedModule.all();
    assertThat(modules)
        .extracting(module -> module.identity().imei(), module -> module.records().size())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(FIRST, 19),
            org.assertj.core.groups.Tuple.tuple(SECOND, 22),
            org.assertj.core.groups.Tuple.tuple(THIRD, 1));
    assertThat(modules.get(1).identity())
        .isEqualTo(new ModuleIdentity(SECOND, 207900001221L, 642, 261, "8970101008538006975"));
    assertThat(modules.get(2).fromTable()).isFalse();
  }

  @Test
  void everyRecordArrivesInASessionOfItsOwn() throws Exception {
    try (Peer peer = new Peer()) {
      List<String> told = new ArrayList<>();
      Totals.Snapshot totals =
          Replay.run(
              "127.0.0.1",
              peer.port(),
              new Replay.Listener() {
                @Override
                public void acknowledged(ModuleIdentity module, Reading record, boolean already) {
                  told.add(module.imei() + " " + record.recordNumber() + " " + already);
                }
              });
      assertThat(totals.clean()).isTrue();
      assertThat(totals.stored()).isEqualTo(42);
      assertThat(totals.complete()).isEqualTo(42);
      assertThat(told)
          .hasSize(42)
          .startsWith(FIRST + " 1366 false")
          .endsWith(THIRD + " 1362 false");
      assertThat(peer.heard()).hasSize(42);
      Peer.Heard session = peer.heard().get(19);
      assertThat(session.hello().imei()).isEqualTo(SECOND);
      assertThat(session.hello().iccid()).isEqualTo("8970101008538006975");
      assertThat(session.packets())
          .extracting(packet -> (Object) packet.getClass())
          .containsExactly(Info.class, Readings.class, Bye.class);
      assertThat(session.packets().get(0)).isEqualTo(new Info(1, 0, 60, -81, 0, 3, "", "", ""));
    }
  }

  @Test
  void valuesAreThePrintedOnes() throws Exception {
    try (Peer peer = new Peer()) {
      Replay.run("127.0.0.1", peer.port(), new Replay.Listener() {});
      Reading slice = peer.recordsOf(FIRST).get(18);
      assertThat(slice.recordNumber()).isEqualTo(1384);
      assertThat(slice.moduleTime()).isEqualTo(1613371551);
      assertThat(slice.meterTime()).isEqualTo(1613368800);
      assertThat(slice.reading()).isEqualTo(0.0001);
      assertThat((double) slice.temperature()).isCloseTo(21.424, within(2e-6));
      assertThat((double) slice.battery()).isCloseTo(3.588028, within(5e-7));
      assertThat(slice.measurementErrors()).isEqualTo(16);
      assertThat(slice.status()).isEqualTo(5121);
      Reading state = peer.recordsOf(THIRD).get(0);
      assertThat(state)
          .isEqualTo(
              new Reading(
                  1362,
                  1613376042,
                  1613376000,
                  0.25,
                  0.09f,
                  22.98f,
                  3.61f,
                  0,
                  0,
                  0,
                  0,
                  0,
                  4097,
                  -85,
                  0,
                  60,
                  1362,
                  24));
    }
  }

  @Test
  void aSecondReplayIsKnownToTheServer() throws Exception {
    try (Peer peer = new Peer()) {
      Replay.run("127.0.0.1", peer.port(), new Replay.Listener() {});
      Totals.Snapshot again = Replay.run("127.0.0.1", peer.port(), new Replay.Listener() {});
      assertThat(again.already()).isEqualTo(42);
      assertThat(again.stored()).isZero();
      assertThat(again.clean()).isTrue();
      assertThat(peer.storedRecords()).isEqualTo(42);
    }
  }
}
