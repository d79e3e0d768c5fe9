package org.kvantenergo.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kvantenergo.launcher.Settings;

class SubjectsTest {

  /** As the simulator wrote it. */
  private static final String FIGURES =
      """
      {"clean": true, "seconds": 3.105, "acknowledged": 30000, "stored": 30000, "already": 0, "waiting": 0,
       "sessions": 500, "complete": 500, "failed": 1, "lostAcks": 0, "repeats": 0, "unexpected": 0,
       "rejects": 2, "busy": 3,
       "ackMicros": {"count": 20000, "p50": 20400, "p99": 54800, "max": 90000},
       "measured": {"seconds": 2.000, "records": 20000, "recordsPerSecond": 10000.0, "sessionsPerSecond": 0.0,
       "connections": 500, "recordsPerFrame": 1, "sessions": "kept", "p50": 20400, "p99": 54800, "max": 90000,
       "cpuSeconds": 0.500}}
      """;

  private static SimulatorLoad load(boolean echo, String command) {
    return new SimulatorLoad(new Subject.Label("a", Subject.Kind.LOAD, "title", command), echo, 2);
  }

  @Test
  void processorTimeIsSharedOutOverTheRecordsOfTheSameSeconds() {
    Map<Quantity, Double> values =
        load(false, "--sessions=kept").values(Json.object(FIGURES), new Cpu(1.2, 1.6));
    assertThat(values)
        .containsEntry(Quantity.RECORDS_PER_SECOND, 10_000.0)
        .containsEntry(Quantity.ACK_P50, 20.4)
        .containsEntry(Quantity.ACK_P99, 54.8)
        .containsEntry(Quantity.REJECTS, 2.0)
        .containsEntry(Quantity.BUSY, 3.0)
        .containsEntry(Quantity.FAILED, 1.0)
        .doesNotContainKey(Quantity.SESSIONS_PER_SECOND);
    assertThat(values.get(Quantity.SERVER_CPU)).isCloseTo(60, within(1e-9));
    assertThat(values.get(Quantity.POSTGRES_CPU)).isCloseTo(80, within(1e-9));
    assertThat(values.get(Quantity.GENERATOR_CPU)).isCloseTo(25, within(1e-9));
    assertThat(values.get(Quantity.CPU_RATIO)).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void theEchoHasNoDatabase() {
    assertThat(load(true, "--sessions=oneshot").values(Json.object(FIGURES), new Cpu(1.2, 0)))
        .containsKeys(Quantity.SERVER_CPU, Quantity.SESSIONS_PER_SECOND)
        .doesNotContainKeys(Quantity.POSTGRES_CPU, Quantity.CPU_RATIO);
  }

  @Test
  void processorTimesAreReadWhenTheProgramSaysSo() {
    double[] time = {1};
    Clocked clocked = new Clocked(() -> new Cpu(time[0], 2 * time[0]));
    clocked.accept("09:00:00  sessions 1");
    assertThat(clocked.used()).isEmpty();
    clocked.accept("Measuring");
    time[0] = 4;
    assertThat(clocked.used()).isEmpty();
    clocked.accept("Measured");
    time[0] = 9;
    assertThat(clocked.used()).isEqualTo(Optional.of(new Cpu(3, 6)));
  }

  @Test
  void theHourIsTheWaitFromTheMomentAModuleWasDue() {
    String hour =
        FIGURES.replace(
            "\"cpuSeconds\": 0.500",
            "\"cpuSeconds\": 0.500, \"due\": {\"p50\": 21000, \"p99\": 99500, \"max\": 400000},"
                + " \"late\": {\"p99\": 1500, \"max\": 9000}");
    assertThat(HourLoad.values(Json.object(hour), new Cpu(1, 2), new Stored(20_000, 1, 2)))
        .containsEntry(Quantity.DUE_P50, 21.0)
        .containsEntry(Quantity.DUE_P99, 99.5)
        .containsEntry(Quantity.DUE_MAX, 400.0)
        .containsEntry(Quantity.LATE_P99, 1.5)
        .containsEntry(Quantity.RECORDS, 20_000.0)
        .containsEntry(Quantity.MISSING, 1.0)
        .containsEntry(Quantity.TWICE, 2.0)
        .containsEntry(Quantity.BUSY, 3.0)
        .containsEntry(Quantity.SERVER_CPU, 50.0);
  }

  @Test
  void aWatchedPageIsToldByItsRequests() {
    List<Double> millis = new ArrayList<>();
    for (int i = 200; i > 0; i--) {
      millis.add((double) i);
    }
    assertThat(Seen.requests(7, millis))
        .containsEntry(Quantity.NUDGES, 7.0)
        .containsEntry(Quantity.PAGE_REQUESTS, 200.0)
        .containsEntry(Quantity.PAGE_P50, 100.0)
        .containsEntry(Quantity.PAGE_P99, 198.0)
        .containsEntry(Quantity.PAGE_MAX, 200.0);
    assertThat(Seen.requests(1, List.of())).doesNotContainKey(Quantity.PAGE_P50);
  }

  private static BenchOptions options(Map<String, String> properties) {
    return BenchOptions.read(new Settings(properties::get, Map.of()));
  }

  @Test
  void optionsHaveDefaultsAndRanges() {
    assertThat(options(Map.of()))
        .isEqualTo(
            new BenchOptions(
                10, 5, BenchOptions.ALL, 100_000, 40, 100_000_000, "2g", "mvn -Pbench"));
    assertThat(options(Map.of("kvant.bench.only", "e,a", "kvant.bench.seconds", "2")).command())
        .isEqualTo("mvn -Pbench -Dkvant.bench.seconds=2 -Dkvant.bench.only=e,a");
    assertThatThrownBy(() -> options(Map.of("kvant.bench.only", "a,x")))
        .hasMessage("KVANT-5001 -Dkvant.bench.only=a,x is not some of a,b,c,d,e,f,g,h,q,w.");
    assertThatThrownBy(() -> options(Map.of("kvant.bench.rounds", "0")))
        .hasMessage("KVANT-5001 -Dkvant.bench.rounds=0 is not a whole number from 1 to 100.");
  }

  @Test
  void everyTargetAndComparisonHasItsSubjects() {
    Suite suite = new Suite(options(Map.of()));
    assertThat(suite.all()).extracting(subject -> subject.label().id()).doesNotHaveDuplicates();
    for (Suite.Comparison comparison : suite.comparisons()) {
      assertThat(suite.all())
          .extracting(subject -> subject.label().id())
          .contains(comparison.subject(), comparison.limit());
    }
    for (Target target : Suite.targets()) {
      assertThat(suite.all())
          .extracting(subject -> subject.label().id())
          .contains(target.subject());
      if (!target.limit().isEmpty()) {
        assertThat(suite.comparisons())
            .contains(new Suite.Comparison(target.subject(), target.limit(), target.quantity()));
      }
    }
  }

  @Test
  void oneLoadBringsItsLimitAndNothingElse() {
    assertThat(new Suite(options(Map.of("kvant.bench.only", "e"))).subjects())
        .extracting(subject -> subject.label().id())
        .containsExactly("e", "insert-64");
    assertThat(new Suite(options(Map.of("kvant.bench.only", "b"))).subjects())
        .extracting(subject -> subject.label().id())
        .containsExactly("b", "b-echo");
  }

  @Test
  void theFullArchiveIsLoadedBesideAnEmptyOne() {
    Suite suite = new Suite(options(Map.of("kvant.bench.only", "h")));
    assertThat(suite.subjects()).isEmpty();
    assertThat(suite.onArchive())
        .extracting(subject -> subject.label().id())
        .containsExactly("h-a-empty", "h-a-full", "h-e-empty", "h-e-full", "h-c");
    assertThat(suite.onArchive())
        .extracting(subject -> ((OnArchive) subject).full())
        .containsExactly(false, true, false, true, true);
    assertThat(suite.modules()).isEqualTo(100_000);
    assertThat(new Suite(options(Map.of("kvant.bench.archive.records", "0"))).onArchive())
        .isEmpty();
  }

  @Test
  void aFullArchiveIsAsLargeAsDiskAndPastAllow() {
    Instant until = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(Archives.records(100_000_000, 100_000, until, 52_000_000_000L))
        .isEqualTo(100_000_000);
    assertThat(Archives.records(100_000_000, 100_000, until, 36_000_000_000L))
        .isEqualTo(50_000_000);
    assertThat(Archives.records(100_000_000, 100_000, until, 1_000_000_000L)).isEqualTo(1);
    // Every hour since 2025 began.
    assertThat(Archives.records(100_000_000, 1_000, until, 52_000_000_000L)).isEqualTo(16_548_000);
  }
}
