package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.kvantenergo.simulator.Journal;
import org.kvantenergo.simulator.Load;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.net.Target;

/**
 * The ACK is a promise: after {@code kill -9} of the server under load, and a new start, every
 * record that a module was told is stored is in the archive, exactly once.
 */
class KillIT {
  private static final int CONNECTIONS = 100;
  private static final int RECORDS_A_SECOND = 500;
  private static final int KILLS = Boolean.getBoolean("kvant.full") ? 5 : 1;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void acknowledgedRecordsSurviveTheServersDeathOnce() throws Exception {
    try (KvantInstance kvant =
        KvantInstance.start("kill", Map.of("kvant.demo.modules", Integer.toString(CONNECTIONS)))) {
      Path journal = kvant.log().resolveSibling("journal.txt");
      Files.deleteIfExists(journal);
      List<String> messages = new java.util.concurrent.CopyOnWriteArrayList<>();
      try (Simulation simulation = simulation(kvant, journal, messages)) {
        Load load = new Load(simulation, new Load.Plan(CONNECTIONS, 1, true, CONNECTIONS, 1));
        load.start();
        for (int kill = 0; kill < KILLS; kill++) {
          awaitRate(simulation);
          kvant.kill();
          kvant.startServer();
        }
        // The modules come back by themselves and send again what they have no answer for.
        awaitRate(simulation);
        simulation.stop();
        load.finish();
        Waiting.until(
            "every record is acknowledged",
            PATIENCE,
            () -> simulation.totals().snapshot().waiting() == 0);
        assertThat(simulation.totals().snapshot().unexpected()).as("%s", messages).isZero();
      }
      assertArchiveHoldsOnce(kvant, Journal.read(journal));
    }
  }

  private static Simulation simulation(KvantInstance kvant, Path journal, List<String> messages)
      throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", kvant.modulePort()), 1, journal, Duration.ofSeconds(1)),
        Clock.systemUTC(),
        messages::add);
  }

  /** Returns at a moment before which a whole second had enough acknowledgements. */
  private static void awaitRate(Simulation simulation) throws InterruptedException {
    int slots = 10;
    long[] history = new long[slots];
    AtomicInteger taken = new AtomicInteger();
    Waiting.until(
        RECORDS_A_SECOND + " acknowledged records in a second",
        PATIENCE,
        () -> {
          long now = simulation.totals().snapshot().acknowledged();
          int slot = taken.getAndIncrement() % slots;
          long second = now - history[slot];
          history[slot] = now;
          return taken.get() > slots && second >= RECORDS_A_SECOND;
        });
  }

  private static void assertArchiveHoldsOnce(KvantInstance kvant, List<Journal.Entry> journal)
      throws SQLException {
    assertThat(journal).hasSizeGreaterThan(RECORDS_A_SECOND * KILLS);
    try (Connection connection = kvant.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE TEMPORARY TABLE promised (
              serial bigint, module_time timestamptz, record_number bigint, digest bigint)
            """);
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO promised VALUES (?, to_timestamp(?), ?, ?)")) {
        for (Journal.Entry entry : journal) {
          insert.setLong(1, entry.serial());
          insert.setLong(2, entry.moduleTime());
          insert.setLong(3, entry.recordNumber());
          insert.setLong(4, Long.parseUnsignedLong(entry.digest(), 16));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      assertThat(count(connection, "copies = 0")).as("acknowledged and missing").isZero();
      assertThat(count(connection, "copies > 1")).as("acknowledged and there twice").isZero();
    }
  }

  private static long count(Connection connection, String which) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*) FROM (
                  SELECT count(r.device_id) AS copies
                  FROM (SELECT DISTINCT * FROM promised) p
                  JOIN device d ON d.serial = p.serial
                  LEFT JOIN reading r ON r.device_id = d.id AND r.module_time = p.module_time
                    AND r.record_number = p.record_number AND r.digest = p.digest
                  GROUP BY p.serial, p.module_time, p.record_number, p.digest) AS found
                WHERE\s"""
                    + which)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Asks ten times a second. */
  private static final class Waiting {
    private static final int MILLIS = 100;

    static void until(String what, Duration longest, java.util.function.BooleanSupplier question)
        throws InterruptedException {
      java.util.concurrent.CountDownLatch yes = new java.util.concurrent.CountDownLatch(1);
      ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
      try {
        var unused =
            clock.scheduleAtFixedRate(
                () -> {
                  if (question.getAsBoolean()) {
                    yes.countDown();
                  }
                },
                0,
                MILLIS,
                TimeUnit.MILLISECONDS);
        assertThat(yes.await(longest.toMillis(), TimeUnit.MILLISECONDS)).as(what).isTrue();
      } finally {
        clock.shutdownNow();
      }
    }
  }
}
