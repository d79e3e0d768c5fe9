package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.launcher.Vitals;
import org.kvantenergo.simulator.Faults;
import org.kvantenergo.simulator.Fleet;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.Totals;

/**
 * Idle crowds, slow speakers, noise and a flood beside modules that only want to report: those are
 * all answered, little later than without; the server's memory and files are bounded and come back.
 */
@ExtendWith(ProofExtension.class)
class NeighboursIT {
  private static final boolean FULL = ProofExtension.FULL;
  private static final int IDLE = FULL ? 10_000 : 1_000;
  private static final int SLOW = FULL ? 200 : 50;
  private static final int NOISE = FULL ? 20 : 5;
  private static final int FLOODERS = FULL ? 8 : 2;
  private static final int FIRST_FLOODER = 3_001;
  private static final int REPORTERS = 100;
  private static final int REPORTS_A_SECOND = 50;
  private static final Duration MEASURED = Duration.ofSeconds(FULL ? 30 : 5);

  /** Files that this process needs for itself and the reporters. */
  private static final int SPARE_FILES = 2_000;

  /** Connections of the pool that the disturbance may have opened, and a few files. */
  private static final int MORE_FILES = 48;

  /** MB an idle connection may hold, with its share of everything: 40 kB. */
  private static final double HEAP_PER_CONNECTION = 0.04;

  private static final long HEAP_SLACK = 64;
  private static final double MOST_TIMES_SLOWER = 2;

  @Test
  void reportersHardlyNoticeTheirNeighbours(KvantInstance kvant) throws Exception {
    Report report = new Report(kvant, "neighbours");
    int idle = Math.min(IDLE, mostFiles() - SPARE_FILES);
    report(kvant); // a warm-up
    Totals.Snapshot first = report(kvant);
    try (Vitals vitals = new Vitals(kvant.serverProcess())) {
      Vitals.Signs before = vitals.look();
      Disturbed disturbed = disturb(kvant, idle, vitals, report);
      Waiting.until(
          "files are given back",
          () -> vitals.look().descriptors() <= before.descriptors() + MORE_FILES);
      Vitals.Signs after = vitals.look();
      Totals.Snapshot last = report(kvant);
      write(report, "before", before);
      write(report, "during", disturbed.signs());
      write(report, "after", after);
      // Others work on this machine too: the slower of two undisturbed times is what it can do.
      long undisturbed = Math.max(first.p99(), last.p99());
      double worst = 0;
      write(report, "nobody, before", first, undisturbed);
      for (Map.Entry<String, Totals.Snapshot> phase : disturbed.phases().entrySet()) {
        worst = Math.max(worst, write(report, phase.getKey(), phase.getValue(), undisturbed));
      }
      write(report, "nobody, after", last, undisturbed);
      assertThat(disturbed.signs().heap())
          .isLessThan(before.heap() + HEAP_SLACK + (long) (idle * HEAP_PER_CONNECTION));
      assertThat(after.heap()).isLessThan(before.heap() + HEAP_SLACK);
      if (FULL) {
        assertThat(worst).as("p99, times the undisturbed").isLessThanOrEqualTo(MOST_TIMES_SLOWER);
      }
    }
  }

  /**
   * What was seen under disturbance.
   *
   * @param phases who was there, and what the reporters had of it
   * @param signs the server's, with all of them there
   */
  private record Disturbed(Map<String, Totals.Snapshot> phases, Vitals.Signs signs) {}

  private static Disturbed disturb(KvantInstance kvant, int idle, Vitals vitals, Report report)
      throws Exception {
    Map<String, Totals.Snapshot> phases = new LinkedHashMap<>();
    try (Mob mob = new Mob(kvant.modulePort())) {
      mob.idle(idle);
      phases.put("an idle crowd", report(kvant));
      mob.slow(SLOW);
      mob.noise(NOISE);
      phases.put("and slow ones and noise", report(kvant));
      Vitals.Signs signs;
      try (Flood flood = new Flood(kvant.modulePort(), FIRST_FLOODER, FLOODERS)) {
        phases.put("and a flood", report(kvant));
        signs = vitals.look();
        report.put("frames in the flood", flood.frames());
      }
      long stillOpen = mob.idleOpen();
      report.put("idle connections", idle);
      report.put("idle connections at the end", stillOpen);
      report.put("slow connections", SLOW);
      report.put("of them thrown out", mob.slowThrownOut());
      report.put("connections with noise", mob.noises());
      assertThat(stillOpen).as("idle connections that were kept").isEqualTo(idle);
      return new Disturbed(phases, signs);
    }
  }

  private static int mostFiles() {
    return (int)
        Math.min(
            Integer.MAX_VALUE,
            ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount());
  }

  /** Modules that report one after the other, each in a session of its own; all are answered. */
  private static Totals.Snapshot report(KvantInstance kvant) throws Exception {
    List<String> messages = new CopyOnWriteArrayList<>();
    Simulation.Settings settings = Simulation.Settings.of("127.0.0.1", kvant.modulePort());
    try (Simulation simulation = new Simulation(settings, Clock.systemUTC(), messages::add)) {
      Fleet fleet =
          new Fleet(
              simulation,
              new Fleet.Plan(
                  REPORTERS,
                  0,
                  Duration.ofHours(1),
                  0,
                  false,
                  Faults.NONE,
                  REPORTERS,
                  REPORTS_A_SECOND,
                  0));
      fleet.start();
      // Nothing is awaited: so long it is measured.
      Thread.sleep(MEASURED.toMillis());
      simulation.stop();
      fleet.finish();
      Waiting.until("all are answered", () -> simulation.totals().snapshot().waiting() == 0);
      Totals.Snapshot totals = simulation.totals().snapshot();
      assertThat(totals.unexpected()).as("%s", messages).isZero();
      assertThat(totals.failed()).as("%s", messages).isZero();
      assertThat(totals.acknowledged()).isPositive();
      return totals;
    }
  }

  /** One phase; returns how many times the undisturbed p99 its own is. */
  private static double write(Report report, String phase, Totals.Snapshot totals, long undisturbed)
      throws IOException {
    double times = totals.p99() / (double) undisturbed;
    report.row(
        "beside",
        phase,
        "ACKs",
        totals.acks(),
        "p50 ms",
        totals.p50() / 1000.0,
        "p99 ms",
        totals.p99() / 1000.0,
        "max ms",
        totals.max() / 1000.0,
        "p99, times the undisturbed",
        Math.round(times * 100) / 100.0);
    return times;
  }

  private static void write(Report report, String moment, Vitals.Signs signs) throws IOException {
    report.row(
        "moment",
        moment,
        "heap MB",
        signs.heap(),
        "descriptors",
        signs.descriptors(),
        "threads",
        signs.threads());
  }
}
