package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.proof.Gauges.Sign;
import org.kvantenergo.simulator.Totals;

/**
 * Under a load that stays the same nothing in the server grows: memory, threads, files,
 * connections, queues, what waits in tables. And what was acknowledged meanwhile is there, once.
 */
@ExtendWith(ProofExtension.class)
class SoakIT {
  private static final Duration LENGTH = Duration.ofSeconds(ProofExtension.FULL ? 1_800 : 110);
  private static final Duration EVERY = Duration.ofSeconds(ProofExtension.FULL ? 15 : 4);

  /** A machine that has no time for us for a while takes longer. */
  private static final int FEWEST_LOOKS = 20;

  private static final Duration OVERDUE = Duration.ofMinutes(10);

  private static final double NANOS = 1e9;

  @Test
  void nothingGrows(KvantInstance kvant) throws Exception {
    Report report = new Report(kvant, "soak");
    report.put("seconds", LENGTH.toSeconds());
    Map<Sign, Trend> trends = new EnumMap<>(Sign.class);
    Promises promises;
    try (Gauges gauges = new Gauges(kvant);
        MixedLoad load = new MixedLoad(kvant, "soak")) {
      long sessions = newestSession(gauges.connection());
      watch(gauges, load, trends, report);
      Totals.Snapshot totals = load.finish();
      MixedLoad.withdraw(gauges.connection());
      write(report, totals);
      assertEveryKindWasThere(gauges.connection(), sessions, totals);
      promises = new Promises(kvant, load.journal());
    }
    // Closed: the journal is whole.
    Promises.Tally tally = promises.tally();
    report.put("acknowledged", tally.acknowledged());
    report.put("missing", tally.missing());
    report.put("twice", tally.twice());
    report.put("set aside", tally.setAside());
    assertThat(tally.missing()).as("acknowledged and missing: %s", tally.lost()).isZero();
    assertThat(tally.twice()).as("acknowledged and there twice").isZero();
    assertThat(tally.setAside()).as("set aside though nothing was wrong with it").isZero();
    assertThat(grown(trends, report)).as("rose by more than the slack").isEmpty();
  }

  /** Looks again and again, for as long as the soak is. */
  private static void watch(Gauges gauges, MixedLoad load, Map<Sign, Trend> trends, Report report)
      throws Exception {
    long begun = System.nanoTime();
    int[] looks = new int[1];
    CompletableFuture<Void> over = new CompletableFuture<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          clock.scheduleWithFixedDelay(
              () -> {
                try {
                  MixedLoad.order(gauges.connection());
                  Map<Sign, Double> signs = gauges.look();
                  double second = (System.nanoTime() - begun) / NANOS;
                  signs.forEach(
                      (sign, value) ->
                          trends.computeIfAbsent(sign, key -> new Trend()).add(second, value));
                  row(report, second, load.totals().acknowledged(), signs);
                  looks[0]++;
                  if (second >= LENGTH.toSeconds() && looks[0] >= FEWEST_LOOKS) {
                    over.complete(null);
                  }
                } catch (Exception | AssertionError e) {
                  over.completeExceptionally(e);
                }
              },
              0,
              EVERY.toMillis(),
              TimeUnit.MILLISECONDS);
      over.get(LENGTH.plus(OVERDUE).toSeconds(), TimeUnit.SECONDS);
    } finally {
      clock.shutdownNow();
      clock.awaitTermination(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void row(Report report, double second, long acknowledged, Map<Sign, Double> signs)
      throws IOException {
    List<Object> cells =
        new ArrayList<>(List.of("second", Math.round(second), "acknowledged", acknowledged));
    signs.forEach(
        (sign, value) -> {
          cells.add(sign.title());
          cells.add(rounded(value));
        });
    report.row(cells.toArray());
  }

  /** Writes down how each has moved, and returns those that have moved too far. */
  private static List<String> grown(Map<Sign, Trend> trends, Report report) throws IOException {
    assertThat(trends).containsOnlyKeys(Sign.values());
    List<String> grown = new ArrayList<>();
    for (Map.Entry<Sign, Trend> entry : trends.entrySet()) {
      Sign sign = entry.getKey();
      double rise = entry.getValue().rise();
      report.put("rise in the second half: " + sign.title(), rounded(rise));
      report.put("slack: " + sign.title(), sign.slack());
      if (rise > sign.slack()) {
        grown.add(String.format(Locale.ROOT, "%s by %.1f", sign.title(), rise));
      }
    }
    return grown;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static void write(Report report, Totals.Snapshot totals) throws IOException {
    report.put("sessions", totals.sessions());
    report.put("sessions that failed", totals.failed());
    report.put("repeats", totals.repeats());
    report.put("acknowledgements lost on purpose", totals.lostAcks());
    report.put("commands carried out", totals.commands().executed());
    report.put("commands asked for again", totals.commands().repeated());
  }

  /** The proof would be worth little if a part of the load had not come through. */
  private static void assertEveryKindWasThere(
      Connection connection, long sessions, Totals.Snapshot totals) throws SQLException {
    assertThat(totals.repeats()).isPositive();
    assertThat(totals.lostAcks()).isPositive();
    assertThat(totals.commands().executed()).isPositive();
    assertThat(totals.commands().repeated()).isPositive();
    assertThat(totals.commands().twice()).isZero();
    List<String> kinds = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select distinct d.kind || ' ' || s.authentication from device_session s
                join device d on d.id = s.device_id where s.id > %d
                """
                    .formatted(sessions))) {
      while (row.next()) {
        kinds.add(row.getString(1));
      }
    }
    assertThat(kinds).contains("MODULE NONE", "MODULE CHECKED", "BASE_STATION NONE", "BLOCK NONE");
  }

  private static long newestSession(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select last_value from device_session_id")) {
      row.next();
      return row.getLong(1);
    }
  }
}
