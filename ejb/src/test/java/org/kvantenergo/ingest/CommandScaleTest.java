package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.Selection;
import org.kvantenergo.command.Sending;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.ingest.CommandWorld.Peer;

/** A hundred thousand devices at once: one statement for all, and no session that has to wait. */
class CommandScaleTest {

  private static final int MANY = 100_000;
  private static final String WHOLE_TABLE = "Seq Scan on command(?!_)";

  private final CommandWorld world = new CommandWorld();
  private Peer module;

  @BeforeEach
  void aFleet() throws Exception {
    module = world.module(1);
    world.sql(
        """
        insert into device (organisation_id, kind, state, imei, serial, model)
          select 2, 'MODULE', 'REGISTERED', 0, 300000000000 + n, 642 from generate_series(1, %d) n;
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
            received_at, period_minutes)
          select id, 1, 5, 642, '', now(), now() - random() * interval '1 hour', 60 from device
          where serial > 300000000000;
        analyze device, device_state, command;
        alter table command set (autovacuum_enabled = false);
        """
            .formatted(MANY - 1));
  }

  private CommandOrder all(CommandText command) {
    CommandOrder order = world.order(command);
    return new CommandOrder(
        new Selection.Matching(DeviceFilter.ALL),
        command,
        null,
        order.expiresAt(),
        3,
        0,
        false,
        order.key());
  }

  private String count(String where) throws Exception {
    return world.value("select count(*) from command where " + where);
  }

  @Test
  void allAreQueuedReplacedAndFoundOneByOne() throws Exception {
    OrderCheck check =
        world.tx(() -> world.desk.check(CommandWorld.north(), all(CommandText.schedule(1, 0, 30))));
    assertThat(check.counts())
        .isEqualTo(java.util.Map.of(org.kvantenergo.command.Fate.QUEUED, (long) MANY));
    assertThat(check.password()).isTrue();
    assertThat(check.wake().buckets().stream().mapToLong(OrderCheck.Bucket::devices).sum())
        .isEqualTo(MANY - 1);
    assertThat(world.send(all(CommandText.schedule(1, 0, 30)))).isInstanceOf(Sending.Queued.class);
    assertThat(count("state = 'QUEUED'")).isEqualTo(Integer.toString(MANY));
    // Whoever counted last found nobody with a task.
    world.sql("analyze command");
    assertThat(world.send(CommandWorld.task(all(CommandText.schedule(1, 0, 60)))))
        .isInstanceOf(Sending.Queued.class);
    assertThat(count("state = 'SUPERSEDED'")).isEqualTo(Integer.toString(MANY));
    assertThat(count("state = 'QUEUED'")).isEqualTo(Integer.toString(3 * MANY));
    assertThat(world.value("select count(*) from command_event"))
        .isEqualTo(Integer.toString(5 * MANY));
    assertThat(module.take()).isNotZero();
    plansUseIndexes();
    oneConnectionEndsAllAfterOne();
  }

  /** With the statistics of before, when nobody waited: what ingest and timer ask. */
  private void plansUseIndexes() throws Exception {
    List<String> indexes =
        List.of("command_open", "command_open", "command_unproven", "command_expiring");
    List<String> statements = org.kvantenergo.command.internal.DuePlans.statements();
    for (int i = 0; i < statements.size(); i++) {
      String plan = plan(statements.get(i));
      assertThat(plan).contains(indexes.get(i)).doesNotContainPattern(WHOLE_TABLE);
      assertThat(plan.replace(indexes.get(i), ""))
          .as("no index of another use")
          .doesNotContain("command_open", "command_expiring", "command_listed");
    }
  }

  /** What the database keeps of the first statement must do for the second. */
  private void oneConnectionEndsAllAfterOne() throws Exception {
    try (Connection connection = world.rig.database.plain().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = '5min'");
      String end =
          "update command set state = 'CANCELLED', ended_at = now() where state = 'QUEUED'";
      assertThat(statement.executeUpdate(end + " and needs is null and id % 50000 = 7"))
          .isBetween(1, 6);
      assertThat(statement.executeUpdate(end + " and needs is null")).isGreaterThan(MANY / 2);
    }
    assertThat(count("state in ('QUEUED', 'LEASED')")).as("whose opening went out").isEqualTo("3");
  }

  private String plan(String sql) throws Exception {
    try (Connection connection = world.rig.database.plain().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("explain " + sql)) {
      StringBuilder plan = new StringBuilder();
      while (row.next()) {
        plan.append(row.getString(1)).append('\n');
      }
      return plan.toString();
    }
  }
}
