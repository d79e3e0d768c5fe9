package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.KvantInstance.DatabaseEnd;

/**
 * The ACK is a promise: whenever server or PostgreSQL die under load, every record that a module
 * was told is stored is in the archive, exactly once, and all modules recover by themselves; after
 * the death of PostgreSQL without a new start of the server.
 */
@ExtendWith(ProofExtension.class)
class KillIT {
  private static final int FIRST_MODULE = 1;
  private static final int CONNECTIONS = 100;
  private static final int RECORDS_A_SECOND = 500;
  private static final int KILLS = ProofExtension.FULL ? 20 : 1;
  private static final int STOPS = ProofExtension.FULL ? 20 : 2;

  /** A strike comes at a random moment within so many after the rate was there. */
  private static final int MOMENTS = 200;

  /** What dies. */
  private enum Strike {
    SERVER,
    DATABASE_STOPPED,
    DATABASE_KILLED
  }

  @Test
  void whatWasAcknowledgedSurvivesEveryDeathOnce(KvantInstance kvant) throws Exception {
    long seed = Long.getLong("kvant.seed", System.nanoTime());
    System.out.println("KillIT: to repeat the moments, -Dkvant.seed=" + seed);
    Random random = new Random(seed);
    Report report = new Report(kvant, "kills");
    report.put("seed", seed);
    report.put("connections", CONNECTIONS);
    try (Crowd crowd = new Crowd(kvant, "kills", FIRST_MODULE, CONNECTIONS, 1)) {
      for (Strike strike : strikes(random)) {
        strike(kvant, crowd, strike, random.nextInt(MOMENTS), report);
      }
      crowd.awaitRate(RECORDS_A_SECOND, 0);
      crowd.finish();
      Promises.Tally tally = crowd.promises().tally();
      report.put("acknowledged", tally.acknowledged());
      report.put("missing", tally.missing());
      report.put("twice", tally.twice());
      assertKept(tally);
      assertThat(tally.acknowledged()).isGreaterThan((KILLS + STOPS) * (long) RECORDS_A_SECOND);
    }
  }

  private static List<Strike> strikes(Random random) {
    List<Strike> strikes = new ArrayList<>(Collections.nCopies(KILLS, Strike.SERVER));
    strikes.addAll(Collections.nCopies(STOPS / 2, Strike.DATABASE_STOPPED));
    strikes.addAll(Collections.nCopies(STOPS - STOPS / 2, Strike.DATABASE_KILLED));
    Collections.shuffle(strikes, random);
    return strikes;
  }

  private static void strike(
      KvantInstance kvant, Crowd crowd, Strike strike, int moments, Report report)
      throws Exception {
    long rate = crowd.awaitRate(RECORDS_A_SECOND, moments);
    long struck = System.nanoTime();
    kill(kvant, strike);
    long before = crowd.awaitSilence();
    crowd.promises().skip();
    long started = System.nanoTime();
    revive(kvant, strike);
    long ready = System.nanoTime();
    crowd.awaitMoreThan(before);
    long first = System.nanoTime();
    crowd.awaitEachServed();
    long all = System.nanoTime();
    Promises.Tally tally = crowd.promises().tally();
    report.row(
        "strike",
        strike,
        "rate in the second before",
        rate,
        "down ms",
        millis(struck, started),
        "start ms",
        millis(started, ready),
        "first ACK after ready ms",
        millis(ready, first),
        "each module served after ready ms",
        millis(ready, all),
        "acknowledged so far",
        tally.acknowledged(),
        "missing",
        tally.missing(),
        "twice",
        tally.twice());
    assertKept(tally);
  }

  private static void kill(KvantInstance kvant, Strike strike) throws Exception {
    switch (strike) {
      case SERVER -> kvant.kill();
      case DATABASE_STOPPED -> kvant.stopDatabase(DatabaseEnd.IMMEDIATE);
      case DATABASE_KILLED -> kvant.stopDatabase(DatabaseEnd.KILLED);
    }
  }

  private static void revive(KvantInstance kvant, Strike strike) throws Exception {
    switch (strike) {
      case SERVER -> kvant.startServer();
      case DATABASE_STOPPED, DATABASE_KILLED -> kvant.startDatabase();
    }
  }

  private static void assertKept(Promises.Tally tally) {
    assertThat(tally.missing()).as("acknowledged and missing: %s", tally.lost()).isZero();
    assertThat(tally.twice()).as("acknowledged and there twice").isZero();
    assertThat(tally.setAside()).as("set aside though nothing was wrong with it").isZero();
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }
}
