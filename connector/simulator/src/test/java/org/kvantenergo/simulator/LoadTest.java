package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadTest {

  /** Until so many records are acknowledged and so many devices were heard. */
  private static Totals.Snapshot load(Peer peer, Load.Plan plan, int records, int devices)
      throws Exception {
    try (Simulation simulation =
        new Simulation(
            Simulation.Settings.of("127.0.0.1", peer.port()), Clock.systemUTC(), line -> {})) {
      Load load = new Load(simulation, plan);
      Measurement measurement = new Measurement(simulation);
      load.start();
      until(simulation, now -> now.acknowledged() >= records && serials(peer).size() >= devices);
      Measurement.Figures figures = measurement.figures();
      assertThat(figures.records()).isGreaterThanOrEqualTo(records);
      assertThat(figures.recordsPerSecond()).isEqualTo(figures.records() / figures.seconds());
      assertThat(figures.cpuSeconds()).isPositive();
      simulation.stop();
      load.finish();
      until(simulation, now -> now.open() == 0);
      return simulation.totals().snapshot();
    }
  }

  private static Set<Long> serials(Peer peer) {
    return peer.heard().stream()
        .filter(session -> session.hello() != null)
        .map(session -> session.hello().serial())
        .collect(Collectors.toSet());
  }

  private static void until(Simulation simulation, Predicate<Totals.Snapshot> reached)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    boolean there = false;
    while (!there) {
      there = never.await(5, TimeUnit.MILLISECONDS) || reached.test(simulation.totals().snapshot());
    }
  }

  @Test
  void keptSessionsHaveOneFrameUnansweredEach() throws Exception {
    try (Peer peer = new Peer()) {
      Totals.Snapshot totals = load(peer, new Load.Plan(4, 16, true, 4, 1), 640, 4);
      assertThat(totals.clean()).isTrue();
      assertThat(totals.already()).isZero();
      assertThat(totals.sessions()).isEqualTo(4);
      assertThat(totals.complete()).isEqualTo(4);
      assertThat(peer.storedRecords()).isEqualTo((int) totals.stored());
    }
  }

  @Test
  void oneshotSessionsTakeTheModulesInTurn() throws Exception {
    try (Peer peer = new Peer()) {
      Totals.Snapshot totals = load(peer, new Load.Plan(2, 1, false, 5, 101), 20, 5);
      assertThat(totals.clean()).isTrue();
      assertThat(totals.complete()).isEqualTo(totals.sessions()).isEqualTo(totals.stored());
      assertThat(peer.heard())
          .extracting(session -> session.hello().serial())
          .contains(300000000101L, 300000000102L, 300000000103L, 300000000104L, 300000000105L)
          .allMatch(serial -> serial >= 300000000101L && serial <= 300000000105L);
    }
  }

  @Test
  void aPlanChecksItsRanges() {
    assertThatThrownBy(() -> new Load.Plan(1, 65, true, 1, 1))
        .hasMessage("records out of 1..64: 65");
    assertThatThrownBy(() -> new Load.Plan(2, 1, true, 1, 1))
        .hasMessage("1 modules from 1 on 2 connections");
  }
}
