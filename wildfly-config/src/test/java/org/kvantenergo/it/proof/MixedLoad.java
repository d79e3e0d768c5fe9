package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.simulator.Faults;
import org.kvantenergo.simulator.Fleet;
import org.kvantenergo.simulator.Keys;
import org.kvantenergo.simulator.Live;
import org.kvantenergo.simulator.Load;
import org.kvantenergo.simulator.RecordedModule;
import org.kvantenergo.simulator.RecordedModule.MadeUp;
import org.kvantenergo.simulator.Run;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.Totals;
import org.kvantenergo.simulator.net.Target;

/**
 * All that the server is there for, at once and evenly: sessions that are kept, modules that come
 * and go, base stations with blocks, a device with a key, commands, lost acknowledgements, repeats
 * and sessions that break off. One journal. One thread.
 */
final class MixedLoad implements AutoCloseable {
  /** Sessions that are kept, each with one frame of one record under way at any time. */
  static final int KEPT = 40;

  /** Modules that take turns with the blocks behind the stations, a session a report. */
  static final int REPORTERS = 200;

  static final int REPORTS_A_SECOND = 50;

  /** Commands that wait at most, each for another device. */
  static final int ORDERS = 10;

  /** Sessions at most, with those of the stations and of the device with a key. */
  static final int SESSIONS = KEPT + REPORTERS + ProofExtension.STATIONS + 1;

  private static final int FIRST_KEPT = 1_001;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Duration WITH_KEY_EVERY = Duration.ofSeconds(1);
  private static final int PING_SECONDS = 5;
  private static final Faults FAULTS = Faults.shares(0.05, 0.05, 0.1, 0);

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Path journal;
  private final Simulation simulation;
  private final List<Run> runs;

  /** Starts it. */
  MixedLoad(KvantInstance kvant, String name) throws Exception {
    journal = kvant.folder().resolve(name + "-journal.txt");
    Files.deleteIfExists(journal);
    simulation =
        new Simulation(
            new Simulation.Settings(
                Target.of("127.0.0.1", kvant.modulePort()),
                1,
                journal,
                LONGEST_WAIT,
                Keys.RECORDED,
                true),
            Clock.systemUTC(),
            messages::add);
    List<RecordedModule> withKey = List.of(RecordedModule.madeUp(MadeUp.MODULE));
    runs =
        List.of(
            new Load(simulation, new Load.Plan(KEPT, 1, true, KEPT, FIRST_KEPT)),
            new Fleet(simulation, fleet()),
            new Live(simulation, withKey, WITH_KEY_EVERY, null));
    runs.forEach(Run::start);
  }

  private static Fleet.Plan fleet() {
    return new Fleet.Plan(
        REPORTERS,
        0,
        Duration.ofHours(1),
        0,
        false,
        FAULTS,
        REPORTERS,
        REPORTS_A_SECOND,
        0,
        new Fleet.Stations(ProofExtension.STATIONS, ProofExtension.BLOCKS, PING_SECONDS));
  }

  /** Sees to it that commands wait, for those devices that have had none for longest. */
  static void order(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          insert into command (device_id, code, arguments, created_by, expires_at, attempts_allowed)
          select d.id, 4, '\\x07', 'soak', now() + interval '1 hour', 1000
          from device d
          where d.serial between 300000000001 and %d or d.serial between 330000000001 and %d
          order by (select max(c.id) from command c where c.device_id = d.id) nulls first, d.id desc
          limit greatest(0, %d - (select count(*) from command where state in ('QUEUED', 'LEASED')))
          """
              .formatted(
                  300_000_000_000L + REPORTERS, 330_000_000_000L + ProofExtension.BLOCKS, ORDERS));
    }
  }

  /** Takes back what nobody came for any more: others use these devices, too. */
  static void withdraw(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "delete from command where created_by = 'soak' and state in ('QUEUED', 'LEASED')");
    }
  }

  Path journal() {
    return journal;
  }

  Totals.Snapshot totals() {
    return simulation.totals().snapshot();
  }

  /** No new records; returns when every record that was made is acknowledged. */
  Totals.Snapshot finish() throws InterruptedException {
    simulation.stop();
    runs.forEach(Run::finish);
    Waiting.until("every record is acknowledged", () -> totals().waiting() == 0);
    Waiting.until("every session ends", () -> totals().open() == 0);
    assertThat(totals().unexpected()).as("%s", messages).isZero();
    return totals();
  }

  @Override
  public void close() {
    simulation.close();
  }
}
