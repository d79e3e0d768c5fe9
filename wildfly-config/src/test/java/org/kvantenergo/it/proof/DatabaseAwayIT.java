package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.KvantInstance.DatabaseEnd;
import org.kvantenergo.it.Talk;
import org.kvantenergo.launcher.Vitals;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Reject;

/**
 * While PostgreSQL is away every module gets an answer: come back later, each at another time. The
 * server stays as it is, and serves again by itself once PostgreSQL is there.
 */
@ExtendWith(ProofExtension.class)
class DatabaseAwayIT {
  private static final Duration AWAY = Duration.ofSeconds(ProofExtension.FULL ? 60 : 10);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(10);
  private static final int FIRST_MODULE = 301;
  private static final int CONNECTIONS = 100;
  private static final int FIRST_ADMITTED = 501;
  private static final int ADMITTED = 50;
  private static final int FIRST_CALLER = 2_101;
  private static final int CALLERS = 100;
  private static final int FEWEST_CALLS = 500;

  /** What the server may hold more at the end of the absence than before it, MB. */
  private static final long HEAP_SLACK = 64;

  @Test
  void everyModuleIsAnsweredMeanwhileAndServedAfterwards(KvantInstance kvant) throws Exception {
    Report report = new Report(kvant, "database-away");
    report.put("away s", AWAY.toSeconds());
    long pid = kvant.serverProcess().pid();
    try (Vitals vitals = new Vitals(kvant.serverProcess());
        Crowd crowd = new Crowd(kvant, "away", FIRST_MODULE, CONNECTIONS, 1)) {
      crowd.awaitRate(CONNECTIONS, 0);
      List<Talk> admitted = admitted(kvant);
      Vitals.Signs before = vitals.look();
      kvant.stopDatabase(DatabaseEnd.IMMEDIATE);
      assertRejected(admitted);
      List<Integer> told = call(kvant);
      Vitals.Signs away = vitals.look();
      crowd.promises().skip();
      kvant.startDatabase();
      long ready = System.nanoTime();
      crowd.awaitEachServed();
      long served = (System.nanoTime() - ready) / 1_000_000;
      crowd.finish();
      Promises.Tally tally = crowd.promises().tally();
      Vitals.Signs after = vitals.look();
      report.row("moment", "before", "heap MB", before.heap(), "descriptors", before.descriptors());
      report.row("moment", "away", "heap MB", away.heap(), "descriptors", away.descriptors());
      report.row("moment", "after", "heap MB", after.heap(), "descriptors", after.descriptors());
      report.put("each module served after ms", served);
      report.put("acknowledged", tally.acknowledged());
      report.put("missing", tally.missing());
      report.put("twice", tally.twice());
      assertSpread(told, report);
      assertThat(away.heap()).isLessThan(before.heap() + HEAP_SLACK);
      assertThat(tally.missing()).as("acknowledged and missing: %s", tally.lost()).isZero();
      assertThat(tally.twice()).isZero();
      assertThat(kvant.serverProcess().pid())
          .as("the server was never started anew")
          .isEqualTo(pid);
      if (ProofExtension.FULL) {
        assertThat(served).isLessThan(BACK_WITHIN.toMillis());
      }
    }
  }

  /** Sessions that were let in while all was well. */
  private static List<Talk> admitted(KvantInstance kvant) throws Exception {
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < ADMITTED; i++) {
      Talk talk = new Talk(kvant.modulePort());
      talk.sendAtOnce(Talk.session(ModuleIdentity.ofFleet(FIRST_ADMITTED + i), slice(1)));
      talk.answers(3);
      talks.add(talk);
    }
    return talks;
  }

  /** They are told to keep their data. */
  private static void assertRejected(List<Talk> admitted) throws Exception {
    for (Talk talk : admitted) {
      talk.sendAtOnce(Talk.readings(4, slice(2)));
    }
    for (Talk talk : admitted) {
      assertThat(talk.answer())
          .isEqualTo(new Talk.Answer(4, new Reject(Reject.Reason.STORAGE_UNAVAILABLE)));
      talk.close();
    }
  }

  private static org.kvantenergo.wire.packet.Reading slice(long number) {
    return Talk.slice(number, Instant.now().getEpochSecond(), 0.5);
  }

  /** Modules that come while it is away, and what they are told: seconds. */
  private static List<Integer> call(KvantInstance kvant) throws Exception {
    long end = System.nanoTime() + AWAY.toNanos();
    List<Integer> told = new ArrayList<>();
    while (System.nanoTime() < end || told.size() < FEWEST_CALLS) {
      List<Talk> talks = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Talk talk = new Talk(kvant.modulePort());
        talk.sendAtOnce(Talk.session(ModuleIdentity.ofFleet(FIRST_CALLER + i), slice(1)));
        talks.add(talk);
      }
      for (Talk talk : talks) {
        Packet.Downlink answer = talk.answer().packet();
        assertThat(answer)
            .isInstanceOfSatisfying(
                HelloAck.class,
                ack -> {
                  assertThat(ack.result()).isEqualTo(HelloAck.Result.BUSY);
                  told.add(ack.retryAfter());
                });
        talk.close();
      }
    }
    return told;
  }

  /** 30 to 300 s, evenly: had they come back when they were told to, never many at once. */
  private static void assertSpread(List<Integer> told, Report report) throws Exception {
    IntSummaryStatistics all = told.stream().mapToInt(Integer::intValue).summaryStatistics();
    int[] seconds = new int[301];
    told.stream().limit(FEWEST_CALLS).forEach(t -> seconds[t]++);
    int most = java.util.Arrays.stream(seconds).max().orElseThrow();
    report.put("HELLO_ACK 4 seen", all.getCount());
    report.put("retryAfter least s", all.getMin());
    report.put("retryAfter mean s", Math.round(all.getAverage()));
    report.put("retryAfter most s", all.getMax());
    report.put("of 500 told, back in one second at most", most);
    assertThat(all.getMin()).isBetween(30, 45);
    assertThat(all.getMax()).isBetween(285, 300);
    // 500 evenly spread ones have a mean of 165 with a standard error of 3.5.
    assertThat(all.getAverage()).isBetween(140.0, 190.0);
    assertThat(most).isLessThan(25);
  }
}
