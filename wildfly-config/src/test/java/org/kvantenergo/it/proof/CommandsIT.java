package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.simulator.Faults;
import org.kvantenergo.simulator.Fleet;
import org.kvantenergo.simulator.Journal;
import org.kvantenergo.simulator.Keys;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.Totals;
import org.kvantenergo.simulator.net.Target;

/**
 * A command is sent until it is answered, and carried out once, whatever gets lost on the way: a
 * fifth of all sessions with a command breaks off between the command and its result, and a tenth
 * of all acknowledgements is not heard.
 */
@ExtendWith(ProofExtension.class)
class CommandsIT {
  private static final int MODULES = 20;
  private static final Duration HOUR = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final double DROPPED = 0.2;
  private static final double LOST = 0.1;

  /** What each device is told: set schedule, retries 7, the archive again, and retries 11. */
  private static final int ORDERS_EACH = 4;

  @Test
  void everyCommandIsCarriedOutOnce(KvantInstance kvant) throws Exception {
    int devices = MODULES + ProofExtension.BLOCKS;
    Path journal = kvant.folder().resolve("commands-journal.txt");
    Files.deleteIfExists(journal);
    List<String> messages = new CopyOnWriteArrayList<>();
    try (Connection connection = kvant.connect()) {
      assertThat(queue(connection)).hasSize(devices * ORDERS_EACH);
      Totals.Snapshot totals = runUntilAllAreAnswered(kvant, connection, journal, messages);
      assertThat(totals.unexpected()).as("%s", messages).isZero();
      assertThat(totals.commands().twice()).isZero();
      assertThat(totals.commands().dropped()).isPositive();
      assertThat(totals.commands().repeated()).isPositive();
      assertThat(executed(journal))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              ids(connection, "created_by = 'proof' and result = 0"))
          .hasSize(devices * (ORDERS_EACH - 1));
      assertThat(ids(connection, "created_by = 'proof' and state = 'REFUSED' and result = 3"))
          .hasSize(devices);
    }
  }

  /** The journal is complete when this returns, not before. */
  private static Totals.Snapshot runUntilAllAreAnswered(
      KvantInstance kvant, Connection connection, Path journal, List<String> messages)
      throws Exception {
    try (Simulation simulation = simulation(kvant, journal, messages)) {
      Fleet fleet = new Fleet(simulation, plan());
      fleet.start();
      Waiting.until(
          "a result for every command",
          () -> ids(connection, "created_by = 'proof' and result is null").isEmpty());
      simulation.stop();
      fleet.finish();
      Waiting.until("every session ends", () -> simulation.totals().snapshot().open() == 0);
      return simulation.totals().snapshot();
    }
  }

  private static Simulation simulation(KvantInstance kvant, Path journal, List<String> messages)
      throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", kvant.modulePort()),
            1,
            journal,
            LONGEST_WAIT,
            Keys.RECORDED,
            true),
        Clock.systemUTC(),
        messages::add);
  }

  private static Fleet.Plan plan() {
    return new Fleet.Plan(
        MODULES,
        0,
        HOUR,
        0,
        false,
        Faults.shares(LOST, LOST, DROPPED, 0),
        Integer.MAX_VALUE,
        0,
        0,
        new Fleet.Stations(ProofExtension.STATIONS, ProofExtension.BLOCKS, 1));
  }

  private static List<Long> queue(Connection connection) throws SQLException {
    return longs(
        connection,
        """
        insert into command (device_id, code, arguments, created_by, expires_at, attempts_allowed)
        select d.id, o.code, decode(o.arguments, 'hex'), 'proof', now() + interval '1 hour', 1000
        from device d, (values
          (1, '05061e00', 1), (4, '07', 2), (6, '00000000ffffffff', 3), (4, '0b', 4)
        ) as o(code, arguments, n)
        where d.serial between 300000000001 and %d or d.serial between 330000000001 and %d
        order by d.id, o.n
        returning id
        """
            .formatted(300_000_000_000L + MODULES, 330_000_000_000L + ProofExtension.BLOCKS));
  }

  private static List<Long> ids(Connection connection, String which) throws SQLException {
    return longs(connection, "select id from command where " + which);
  }

  private static List<Long> longs(Connection connection, String sql) throws SQLException {
    List<Long> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getLong(1));
      }
    }
    return found;
  }

  private static List<Long> executed(Path journal) throws Exception {
    List<Long> ids = new ArrayList<>();
    for (Journal.CommandEntry entry : Journal.commands(journal)) {
      if (entry.step() == Journal.Step.EXECUTED) {
        ids.add(entry.commandId());
      }
    }
    return ids;
  }
}
