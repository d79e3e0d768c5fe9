package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.packet.Reading;

@Timeout(60)
class FleetTest {

  private static final Duration HOUR = Duration.ofSeconds(1);
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @TempDir Path folder;

  private Simulation simulation(Peer peer) throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", peer.port()), 2, folder.resolve("journal"), HOUR),
        Clock.systemUTC(),
        line -> {});
  }

  private static void untilDone(Run run) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    boolean done = run.done();
    while (!done) {
      done = never.await(20, TimeUnit.MILLISECONDS) || run.done();
    }
  }

  @Test
  void everyModuleReportsOnceARound() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet =
          new Fleet(simulation, new Fleet.Plan(20, 5, HOUR, 0, false, Faults.NONE, NO_LIMIT, 0, 2));
      fleet.start();
      untilDone(fleet);
      assertThat(simulation.totals().snapshot().stored()).isEqualTo(50);
      Set<Long> imeis = new HashSet<>();
      peer.heard().forEach(session -> imeis.add(session.hello().imei()));
      assertThat(imeis).hasSize(25).contains(860000000000020L, 861000000000005L);
      List<Reading> records = peer.recordsOf(860000000000001L);
      assertThat(records).hasSize(2);
      Reading first = records.get(0);
      Reading second = records.get(1);
      assertThat(second.recordNumber()).isEqualTo(first.recordNumber() + 1);
      assertThat(second.meterTime()).isEqualTo(first.meterTime() + 1);
      assertThat(second.reading()).isGreaterThanOrEqualTo(first.reading());
      assertThat(first.status()).isEqualTo(4097);
    }
  }

  @Test
  void lostAcknowledgementsAndRepeatsLoseNothingAndDoubleNothing() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet =
          new Fleet(
              simulation,
              new Fleet.Plan(30, 0, HOUR, 0.5, false, Faults.shares(0.3, 0.3), 8, 0, 2));
      fleet.start();
      untilDone(fleet);
      Totals.Snapshot totals = simulation.totals().snapshot();
      assertThat(totals.acknowledged()).isEqualTo(60);
      assertThat(totals.clean()).isTrue();
      assertThat(totals.lostAcks()).isPositive();
      assertThat(totals.repeats()).isPositive();
      assertThat(peer.storedRecords()).isEqualTo(60);
    }
    assertThat(Journal.read(folder.resolve("journal"))).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void keptSessionsCarryReportAfterReport() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet =
          new Fleet(simulation, new Fleet.Plan(10, 0, HOUR, 0, true, Faults.NONE, NO_LIMIT, 0, 3));
      fleet.start();
      untilDone(fleet);
      assertThat(peer.heard()).hasSize(10);
      assertThat(simulation.totals().snapshot().stored()).isEqualTo(30);
      assertThat(simulation.totals().snapshot().open()).isEqualTo(10);
      simulation.stop();
      fleet.finish();
    }
  }

  @Test
  void aRateTakesTheModulesInTurn() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet =
          new Fleet(
              simulation, new Fleet.Plan(50, 0, HOUR, 0, false, Faults.NONE, NO_LIMIT, 200, 1));
      fleet.start();
      untilDone(fleet);
      assertThat(simulation.totals().snapshot().stored()).isEqualTo(50);
      assertThat(peer.recordsOf(860000000000050L))
          .extracting(Reading::status)
          .containsExactly(8193);
    }
  }

  @Test
  void sourceAddressesTakeTurns() throws Exception {
    try (Peer peer = new Peer()) {
      Target target = new Target("127.0.0.1", peer.port(), Target.range("127.0.0.2", "127.0.0.4"));
      try (Simulation simulation =
          new Simulation(
              new Simulation.Settings(target, 1, null, HOUR), Clock.systemUTC(), line -> {})) {
        Fleet fleet = new Fleet(simulation, Fleet.Plan.once(6, HOUR));
        fleet.start();
        untilDone(fleet);
        assertThat(peer.sources())
            .containsExactlyInAnyOrder(
                "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.2", "127.0.0.3", "127.0.0.4");
      }
    }
  }

  @Test
  void wrongClocksAreDaysOrYearsOff() throws Exception {
    try (Peer peer = new Peer();
        Simulation simulation = simulation(peer)) {
      Fleet fleet =
          new Fleet(simulation, new Fleet.Plan(12, 0, HOUR, 1, false, Faults.NONE, NO_LIMIT, 0, 1));
      long start = Clock.systemUTC().instant().getEpochSecond();
      fleet.start();
      untilDone(fleet);
      for (int i = 1; i <= 12; i++) {
        long clock = peer.recordsOf(860000000000000L + i).get(0).moduleTime();
        assertThat(Math.abs(clock - start)).isGreaterThan(86_400);
      }
    }
  }
}
