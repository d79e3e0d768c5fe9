package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.command.CommandFilter;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandStory;
import org.kvantenergo.command.CommandStory.CommandEvent;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Commands;
import org.kvantenergo.command.DeviceMode;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.reading.DeviceOutlook;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Commands for reading, paged in SQL. */
@ApplicationScoped
public class SqlCommandPages implements Commands {

  private static final String DOING = "reading commands";
  private static final int MOST_DEVICES = 1000;

  private static final String EVENTS =
      """
      select e.*, coalesce(a.login, '') as login, coalesce(e.address, '') as from_where
      from command_event e left join account a on a.id = e.account_id
      where e.command_id = ? order by e.id
      """;

  // The whole task, from whichever of the three.
  private static final String TASK =
      """
      c.device_id = ? and c.id in (
        select x.id from command own
        left join command w on w.id = own.waits_for
        left join command k on k.waits_for = own.id
        cross join lateral (values (own.id), (own.waits_for), (w.waits_for), (k.id),
          ((select n.id from command n where n.waits_for = k.id))) as x(id)
        where own.id = ?)
      order by c.id
      """;

  private static final String UNDER_WAY =
      """
      select c.state, count(*) as commands from command c join device d on d.id = c.device_id
      where %s and %s group by 1
      """;

  private static final String LOCKING =
      """
      exists (select from command l where l.device_id = d.id and l.state in ('QUEUED', 'LEASED')
        and l.needs = 'OVER')
      """;

  private static final String MODES =
      """
      select d.id, %s as mode, %s as task
      from device d left join device_state s on s.device_id = d.id %s
      where d.id = any(?) and %s
      """;

  private static final String SIGNS =
      """
      select d.id, %s as mode, %s as task,
        case when told.open then told.result_at end as open_since,
        (select count(*) from command w where w.device_id = d.id and w.state in ('QUEUED', 'LEASED'))
          + (select count(*) from command w
            where w.device_id = d.id and w.state = 'DONE' and w.reason is null) as under_way,
        last.state, last.reason, last.ended_at
      from device d left join device_state s on s.device_id = d.id %s
      left join lateral (
        select c.state, c.reason, c.ended_at from command c
        where c.device_id = d.id and c.needs is distinct from 'OVER'
        order by c.id desc limit 1) last on true
      where d.id = any(?) and %s
      """;

  // Whoever says so in a record, or has said so by a result that no record has followed yet.
  private static final String LEFT_OPEN =
      """
      select d.id from device d left join device_state s on s.device_id = d.id %2$s
      where d.id in (
          select o.device_id from device_state o where o.open
          union select m.device_id from command m
          where m.state = 'DONE' and m.reason is null and m.code = 3)
        and d.state = 'REGISTERED' and %4$s and not %3$s and %1$s = 'OPEN'
      order by d.id limit 1000
      """;

  private static final String GAPS =
      """
      select t.was_at, t.module_time from (
        select r.module_time, lag(r.module_time) over w as was_at,
          lag(r.period_minutes) over w as was_period
        from reading r
        where r.device_id = ? and r.module_time >= ?::timestamptz - interval '60 days'
          and r.module_time <= ?::timestamptz + interval '5 minutes'
          and r.marks & 1 = 0 and r.status & 4096 <> 0
        window w as (order by r.module_time, r.record_number)) t
      where t.was_period > 0 and t.module_time - t.was_at > make_interval(secs => 90 * t.was_period)
      order by t.module_time - t.was_at desc, t.was_at limit 20
      """;

  private final Sql sql;
  private final DeviceOutlook outlook;
  private final Clock clock;

  @Inject
  public SqlCommandPages(DataSource dataSource, DeviceOutlook outlook, Clock clock) {
    this.sql = new Sql(dataSource);
    this.outlook = outlook;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlCommandPages() {
    this(null, null, null);
  }

  @Override
  public Page<CommandRow> list(Caller caller, CommandFilter filter, Slice slice) {
    caller.require(Permission.SEND_COMMANDS);
    CommandRows.Where where = CommandRows.where(caller.scope(), filter);
    List<CommandRow> rows =
        sql.list(
            DOING,
            CommandRows::of,
            CommandRows.SELECT
                + CommandRows.FROM
                + where.sql()
                + " order by c.id desc limit ? offset ?",
            where.and(slice.limit(), slice.offset()));
    long total =
        sql.first(
                DOING,
                row -> row.getLong(1),
                "select count(*) from (select 1"
                    + CommandRows.FROM
                    + where.sql()
                    + " limit ?) as counted",
                where.and(COUNTED + 1))
            .orElse(0L);
    return new Page<>(rows, total);
  }

  @Override
  public Optional<CommandStory> story(Caller caller, CommandId command) {
    caller.require(Permission.SEND_COMMANDS);
    String seen = VisibleDevice.seen(caller.scope());
    return sql.first(
            DOING,
            CommandRows::of,
            CommandRows.SELECT + CommandRows.FROM + seen + " and c.id = ?",
            command.value())
        .map(row -> story(caller, row));
  }

  private CommandStory story(Caller caller, CommandRow row) {
    List<CommandRow> task =
        sql.list(
            DOING,
            CommandRows::of,
            CommandRows.SELECT + CommandRows.FROM + TASK,
            row.device().value(),
            row.id().value());
    Instant next =
        row.state().open() || (row.state() == CommandState.DONE && row.reason() == null)
            ? outlook
                .expected(caller.scope(), row.device())
                .map(DeviceOutlook.Expected::at)
                .orElse(null)
            : null;
    return new CommandStory(
        row, sql.list(DOING, SqlCommandPages::event, EVENTS, row.id().value()), task, next);
  }

  private static CommandEvent event(ResultSet row) throws SQLException {
    return new CommandEvent(
        Sql.time(row, "at"),
        CommandState.valueOf(row.getString("state")),
        row.getInt("attempt"),
        row.getLong("session_id"),
        row.getString("login"),
        row.getString("from_where"),
        CommandRows.reason(row));
  }

  @Override
  public List<CommandRow> open(Caller caller, DeviceId device) {
    caller.require(Permission.SEND_COMMANDS);
    return sql.list(
        DOING,
        CommandRows::of,
        CommandRows.SELECT
            + CommandRows.FROM
            + VisibleDevice.seen(caller.scope())
            + " and c.device_id = ? and c.state in ('QUEUED', 'LEASED')"
            + " order by c.priority desc, c.id limit 1000",
        device.value());
  }

  @Override
  public Map<CommandState, Long> underWay(Caller caller) {
    caller.require(Permission.SEND_COMMANDS);
    Map<CommandState, Long> states = new EnumMap<>(CommandState.class);
    sql.list(
        DOING,
        row -> states.put(CommandState.valueOf(row.getString("state")), row.getLong("commands")),
        UNDER_WAY.formatted(CommandRows.UNDER_WAY, VisibleDevice.seen(caller.scope())));
    return states;
  }

  /** Few enough to be asked for one by one. */
  private static long[] few(Collection<DeviceId> devices) {
    if (devices.size() > MOST_DEVICES) {
      throw new IllegalArgumentException(devices.size() + " devices");
    }
    return devices.stream().mapToLong(DeviceId::value).toArray();
  }

  @Override
  public Map<DeviceId, Sign> signs(Caller caller, Collection<DeviceId> devices) {
    caller.require(Permission.SEND_COMMANDS);
    Map<DeviceId, Sign> signs = new HashMap<>();
    sql.list(
        DOING,
        row -> signs.put(new DeviceId(row.getLong("id")), sign(row)),
        SIGNS.formatted(Modes.MODE, LOCKING, Modes.JOIN, VisibleDevice.seen(caller.scope())),
        (Object) few(devices));
    return signs;
  }

  private static Sign sign(ResultSet row) throws SQLException {
    DeviceMode mode = DeviceMode.valueOf(row.getString("mode"));
    String last = row.getString("state");
    return new Sign(
        mode,
        mode == DeviceMode.OPEN ? Sql.time(row, "open_since") : null,
        row.getBoolean("task"),
        row.getLong("under_way"),
        last == null ? null : CommandState.valueOf(last),
        CommandRows.reason(row),
        Sql.time(row, "ended_at"));
  }

  @Override
  public Map<DeviceId, ModeRow> modes(Caller caller, Collection<DeviceId> devices) {
    caller.require(Permission.SEND_COMMANDS);
    Map<DeviceId, ModeRow> modes = new HashMap<>();
    sql.list(
        DOING,
        row ->
            modes.put(
                new DeviceId(row.getLong("id")),
                new ModeRow(DeviceMode.valueOf(row.getString("mode")), row.getBoolean("task"))),
        MODES.formatted(Modes.MODE, LOCKING, Modes.JOIN, VisibleDevice.seen(caller.scope())),
        (Object) few(devices));
    return modes;
  }

  @Override
  public List<DeviceId> leftOpen(Caller caller) {
    caller.require(Permission.SEND_COMMANDS);
    return sql.list(
        DOING,
        row -> new DeviceId(row.getLong(1)),
        LEFT_OPEN.formatted(
            "(" + Modes.MODE + ")", Modes.JOIN, LOCKING, VisibleDevice.seen(caller.scope())));
  }

  @Override
  public List<CommandText> archiveProposals(Caller caller, DeviceId device) {
    caller.require(Permission.SEND_COMMANDS);
    boolean sees =
        sql.any(
            DOING,
            "select from device d where " + VisibleDevice.CONDITION,
            device.value(),
            caller.scope().everything(),
            caller.scope().organisation());
    Instant now = clock.instant();
    return sees ? sql.list(DOING, SqlCommandPages::gap, GAPS, device.value(), now, now) : List.of();
  }

  /** Both ends are there already. */
  private static CommandText gap(ResultSet row) throws SQLException {
    return CommandText.archive(
        Sql.time(row, "was_at").plusSeconds(1), Sql.time(row, "module_time").minusSeconds(1));
  }
}
