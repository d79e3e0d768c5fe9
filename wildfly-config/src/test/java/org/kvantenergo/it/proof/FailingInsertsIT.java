package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.simulator.Totals;

/**
 * While the database refuses records, nothing is acknowledged that is not stored or, where it is
 * the records that are refused and not storing that fails, kept in ingest_failed. Afterwards all of
 * them come in by themselves.
 */
@ExtendWith(ProofExtension.class)
class FailingInsertsIT {
  private static final int FIRST_MODULE = 201;
  private static final int CONNECTIONS = 40;
  private static final int RECORDS_A_SECOND = 100;
  private static final Duration HELD = Duration.ofSeconds(ProofExtension.FULL ? 5 : 2);

  private static final String ELSEWHERE = "reading_elsewhere";

  private static final Pattern NO_ROOM =
      Pattern.compile("ERROR: .*(No space left on device|no room)");

  private static Report report;

  @BeforeAll
  static void report(KvantInstance kvant) throws Exception {
    report = new Report(kvant, "failing-inserts");
    report.put("held s", HELD.toSeconds());
    report.put("connections", CONNECTIONS);
  }

  @Test
  void constraintThatNothingSatisfies(KvantInstance kvant) throws Exception {
    Outcome outcome =
        prove(
            kvant,
            "constraint, every row",
            check(kvant, "false"),
            crowd -> whole(crowd, "reading"));
    assertThat(outcome.acknowledged()).as("acknowledged while nothing could be stored").isZero();
    assertThat(outcome.inFault().setAside()).isZero();
  }

  @Test
  void tableRenamed(KvantInstance kvant) throws Exception {
    Fault renamed =
        Fault.sql(
            kvant,
            "alter table reading rename to " + ELSEWHERE,
            "alter table " + ELSEWHERE + " rename to reading");
    Outcome outcome = prove(kvant, "table renamed", renamed, crowd -> whole(crowd, ELSEWHERE));
    assertThat(outcome.acknowledged()).as("acknowledged while nothing could be stored").isZero();
    assertThat(outcome.inFault().setAside()).isZero();
  }

  @Test
  void noRoomInTheTablespace(KvantInstance kvant) throws Exception {
    try (NoRoom noRoom = new NoRoom(kvant)) {
      Outcome outcome = prove(kvant, noRoom.how(), noRoom, crowd -> whole(crowd, "reading"));
      assertThat(outcome.inFault().setAside()).isZero();
      assertThat(outcome.refused()).as("sessions that were told to come back").isPositive();
    }
    // Not in the server's log: it says such a line once a minute, and may have said another one.
    try (Stream<String> lines = Files.lines(kvant.databaseLog())) {
      assertThat(lines.filter(NO_ROOM.asPredicate())).isNotEmpty();
    }
  }

  @Test
  void constraintThatHalfOfTheRowsViolate(KvantInstance kvant) throws Exception {
    Outcome outcome =
        prove(
            kvant,
            "constraint, half of the rows",
            check(kvant, "device_id % 2 = 0"),
            crowd -> part(crowd, 1));
    assertThat(outcome.acknowledged()).as("the sound half is served").isPositive();
    assertThat(outcome.inFault().setAside()).as("the other half is kept").isPositive();
  }

  @Test
  void constraintThatOnlyNewRowsViolate(KvantInstance kvant) throws Exception {
    prove(
        kvant,
        "constraint, new rows only",
        check(kvant, "received_at < 'now'::timestamptz"),
        crowd -> part(crowd, 0));
  }

  private static Fault check(KvantInstance kvant, String condition) {
    return Fault.sql(
        kvant,
        "alter table reading add constraint planted check (" + condition + ") not valid",
        "alter table reading drop constraint planted");
  }

  /**
   * What was seen while a fault held.
   *
   * @param acknowledged records meanwhile
   * @param refused sessions that ended badly meanwhile
   * @param inFault what was promised, at its end
   */
  private record Outcome(long acknowledged, long refused, Promises.Tally inFault) {}

  /** How a fault is watched. */
  private interface Watch {
    Outcome over(Crowd crowd) throws Exception;
  }

  private static Outcome prove(KvantInstance kvant, String name, Fault fault, Watch watch)
      throws Exception {
    try (Crowd crowd = new Crowd(kvant, "inserts", FIRST_MODULE, CONNECTIONS, 1)) {
      long rate = crowd.awaitRate(RECORDS_A_SECOND, 0);
      fault.begin();
      Outcome outcome;
      try {
        outcome = watch.over(crowd);
      } finally {
        fault.end();
      }
      long mended = System.nanoTime();
      crowd.promises().skip();
      crowd.awaitEachServed();
      long served = System.nanoTime();
      crowd.finish();
      Waiting.until("what was set aside is stored", () -> crowd.promises().tally().setAside() == 0);
      Promises.Tally after = crowd.promises().tally();
      write(name, rate, outcome, (served - mended) / 1_000_000, after);
      assertThat(outcome.inFault().missing())
          .as("acknowledged and nowhere: %s", outcome.inFault().lost())
          .isZero();
      assertThat(after.missing())
          .as("acknowledged and missing afterwards: %s", after.lost())
          .isZero();
      assertThat(after.twice()).as("acknowledged and there twice").isZero();
      return outcome;
    }
  }

  /** A fault that lets nothing be stored. */
  private static Outcome whole(Crowd crowd, String archive) throws Exception {
    // Answers to what was committed before are still on their way.
    crowd.awaitSilence();
    Totals.Snapshot before = crowd.totals();
    Thread.sleep(HELD.toMillis());
    return outcome(crowd, before, crowd.promises().tally(archive));
  }

  /** A fault that some records pass; held until so many of the others are set aside. */
  private static Outcome part(Crowd crowd, long aside) throws Exception {
    Totals.Snapshot before = crowd.totals();
    Thread.sleep(HELD.toMillis());
    Waiting.until(aside + " set aside", () -> crowd.promises().tally().setAside() >= aside);
    return outcome(crowd, before, crowd.promises().tally());
  }

  private static Outcome outcome(Crowd crowd, Totals.Snapshot before, Promises.Tally tally) {
    Totals.Snapshot now = crowd.totals();
    return new Outcome(
        now.acknowledged() - before.acknowledged(), now.failed() - before.failed(), tally);
  }

  private static void write(
      String name, long rate, Outcome outcome, long servedAfter, Promises.Tally after)
      throws IOException {
    report.row(
        "fault",
        name,
        "rate in the second before",
        rate,
        "acknowledged in fault",
        outcome.acknowledged(),
        "sessions refused in fault",
        outcome.refused(),
        "missing in fault",
        outcome.inFault().missing(),
        "set aside in fault",
        outcome.inFault().setAside(),
        "each module served after ms",
        servedAfter,
        "acknowledged in all",
        after.acknowledged(),
        "missing",
        after.missing(),
        "twice",
        after.twice());
  }
}
