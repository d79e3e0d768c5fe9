package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.kvantenergo.command.CommandLeases;
import org.kvantenergo.command.CommandQueue;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.wire.command.CommandCodec;

/** One row a command; a set-based statement a batch. */
@ApplicationScoped
public class SqlCommands implements CommandQueue, CommandLeases {

  private static final System.Logger LOG = System.getLogger(SqlCommands.class.getName());

  private static final String ENQUEUE =
      """
      insert into command (device_id, code, arguments, state, created_by, expires_at,
        attempts_allowed)
      values (?, ?, ?, 'QUEUED', ?, ?, ?) returning id
      """;

  private static final String RESULTS =
      """
      with n as (
        select * from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[])
          as n(device_id, id, result, session_id, at)
      ), locked as (
        select c.id from command c where c.id in (select n.id from n) order by c.id for update
      )
      update command c set result = n.result, result_at = %s, result_session = n.session_id,
        state = case n.result when 0 then 'DONE' when 1 then 'REFUSED' when 3 then 'REFUSED'
          else 'FAILED' end
      from n join locked on locked.id = n.id
      where c.id = n.id and c.device_id = n.device_id and c.result is null
      returning c.id
      """
          .formatted(Columns.time("n.at"));

  private static final String STRAY =
      """
      insert into command_stray_result (device_id, command_id, result, session_id, at)
      select n.device_id, n.id, n.result, n.session_id, %s
      from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[])
        as n(device_id, id, result, session_id, at)
      where not exists (select 1 from command c where c.id = n.id and c.device_id = n.device_id)
      order by n.device_id, n.id
      on conflict do nothing
      returning device_id, command_id
      """
          .formatted(Columns.time("n.at"));

  /** What may be sent in a session: never sent, or sent in an older one and not answered. */
  private static final String DUE =
      """
      c.state in ('QUEUED', 'LEASED') and coalesce(c.leased_by, 0) <> t.session_id
        and c.expires_at > now() and c.attempts < c.attempts_allowed
      """;

  private static final String UNANSWERED =
      """
      select 1 from command w where w.device_id = t.device_id and w.state = 'LEASED'
        and w.leased_by = t.session_id
      """;

  private static final String LEASE =
      """
      leased as (
        update command c set state = 'LEASED', leased_by = t.session_id
        from taker t
        where c.id = (select min(c.id) from command c where c.device_id = t.device_id and %1$s)
          and not exists (%2$s)
          and %1$s
        returning c.id, c.device_id, c.code, c.arguments
      )
      """
          .formatted(DUE, UNANSWERED);

  // The exists is asked once a statement: an empty queue costs next to nothing.
  private static final String TAKE =
      """
      with taker as (
        select n.device_id, n.session_id
        from unnest(?::bigint[], ?::bigint[]) as n(device_id, session_id)
        join device_state s on s.device_id = n.device_id and s.session_id = n.session_id
        join device d on d.id = n.device_id and d.state = 'REGISTERED'
        where (select exists (select 1 from command where state in ('QUEUED', 'LEASED')
          and expires_at > now() and attempts < attempts_allowed))
      ), waiting as (
        select t.device_id, count(*) as due
        from taker t join command c on c.device_id = t.device_id and %s
        group by t.device_id
      ), %s
      select w.device_id, w.due, l.id, l.code, l.arguments, d.serial
      from waiting w left join leased l on l.device_id = w.device_id
      join device d on d.id = w.device_id
      """
          .formatted(DUE, LEASE);

  // A block's own lane holds its state row while it leases to it: such a block is passed over, its
  // own answer will bring the command. What is leased is looked up by a later statement, which sees
  // whatever was committed before the rows were locked.
  private static final String LOCK_BLOCKS =
      """
      select t.device_id
      from device_state t
      join device_state own on own.device_id = ? and own.session_id = ?
      where t.via_device_id = own.device_id and t.session_id <= own.session_id
        and exists (select 1 from device d where d.id = t.device_id and d.state = 'REGISTERED')
        and exists (select 1 from command c where c.device_id = t.device_id
          and c.state in ('QUEUED', 'LEASED') and coalesce(c.leased_by, 0) <> own.session_id
          and c.expires_at > now() and c.attempts < c.attempts_allowed)
      order by t.device_id limit 255 for update of t skip locked
      """;

  private static final String TAKE_FOR_BLOCKS =
      """
      with taker as (
        select n.device_id, p.session_id
        from unnest(?::bigint[]) as n(device_id), (values (?::bigint)) as p(session_id)
      ), %s
      select l.device_id, 0 as due, l.id, l.code, l.arguments, d.serial
      from leased l join device d on d.id = l.device_id order by l.id
      """
          .formatted(LEASE);

  private static final String SENT =
      """
      with n as (
        select * from unnest(?::bigint[], ?::bigint[]) as n(id, at)
      ), locked as (
        select c.id from command c where c.id in (select n.id from n) order by c.id for update
      )
      update command c set attempts = c.attempts + 1, sent_at = %s
      from n join locked on locked.id = n.id where c.id = n.id
      """
          .formatted(Columns.time("n.at"));

  private static final long STRAY_PAUSE_NANOS = 60_000_000_000L;

  private final DataSource dataSource;
  private final AtomicLong strayLast = new AtomicLong(System.nanoTime());

  @Inject
  public SqlCommands(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlCommands() {
    this(null);
  }

  /** One command of one device. */
  private record Key(long device, long command) {
    static Key of(Result result) {
      return new Key(result.device().value(), result.commandId());
    }
  }

  @Override
  public long enqueue(Order order) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(ENQUEUE)) {
      insert.setLong(1, order.device().value());
      insert.setInt(2, order.command().code());
      insert.setBytes(3, CommandCodec.arguments(order.command()));
      insert.setString(4, order.by());
      insert.setObject(5, order.expiresAt().atOffset(ZoneOffset.UTC));
      insert.setInt(6, order.attempts());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new DatabaseException("queueing a command for device " + order.device().value(), e);
    }
  }

  @Override
  public BitSet results(List<Result> results) {
    BitSet before = new BitSet(results.size());
    if (results.isEmpty()) {
      return before;
    }
    Map<Key, Result> first =
        new TreeMap<>(
            java.util.Comparator.comparingLong(Key::device).thenComparingLong(Key::command));
    for (int i = 0; i < results.size(); i++) {
      before.set(i, first.putIfAbsent(Key.of(results.get(i)), results.get(i)) != null);
    }
    List<Result> distinct = List.copyOf(first.values());
    Set<Key> fresh = new HashSet<>();
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement update = connection.prepareStatement(RESULTS)) {
        bind(update, distinct);
        Set<Long> ids = new HashSet<>();
        try (ResultSet row = update.executeQuery()) {
          while (row.next()) {
            ids.add(row.getLong(1));
          }
        }
        distinct.stream()
            .filter(r -> ids.contains(r.commandId()))
            .forEach(r -> fresh.add(Key.of(r)));
      }
      if (fresh.size() < distinct.size()) {
        fresh.addAll(
            strays(connection, distinct.stream().filter(r -> !fresh.contains(Key.of(r))).toList()));
      }
    } catch (SQLException e) {
      throw new DatabaseException("storing " + results.size() + " command results", e);
    }
    for (int i = 0; i < results.size(); i++) {
      before.set(i, before.get(i) || !fresh.contains(Key.of(results.get(i))));
    }
    return before;
  }

  /** At most one line a minute: anybody can invent results. */
  private void sayStray(long device, long command) {
    long now = System.nanoTime();
    long last = strayLast.get();
    if (now - last >= 0 && strayLast.compareAndSet(last, now + STRAY_PAUSE_NANOS)) {
      ServerMessage.STRAY_RESULT.log(LOG, device, command);
    }
  }

  private Set<Key> strays(Connection connection, List<Result> unplaced) throws SQLException {
    Set<Key> strays = new HashSet<>();
    try (PreparedStatement insert = connection.prepareStatement(STRAY)) {
      bind(insert, unplaced);
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          strays.add(new Key(row.getLong(1), row.getLong(2)));
          sayStray(row.getLong(1), row.getLong(2));
        }
      }
    }
    return strays;
  }

  private static void bind(PreparedStatement statement, List<Result> results) throws SQLException {
    Columns<Result> columns = new Columns<>(statement, results);
    columns.longs(r -> r.device().value());
    columns.longs(Result::commandId);
    columns.shorts(Result::code);
    columns.longs(Result::sessionId);
    columns.times(Result::at);
  }

  @Override
  public Map<DeviceId, Due> due(List<Taker> takers) {
    Map<DeviceId, Due> due = new HashMap<>();
    if (takers.isEmpty()) {
      return due;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      Columns<Taker> columns = new Columns<>(take, takers);
      columns.longs(t -> t.device().value());
      columns.longs(Taker::sessionId);
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          DeviceId device = new DeviceId(row.getLong("device_id"));
          due.put(device, new Due(device, row.getInt("due"), leased(row, device)));
        }
      }
      return due;
    } catch (SQLException e) {
      throw new DatabaseException("leasing commands to " + takers.size() + " devices", e);
    }
  }

  @Override
  public List<Leased> dueForBlocks(DeviceId station, long sessionId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement lock = connection.prepareStatement(LOCK_BLOCKS);
        PreparedStatement take = connection.prepareStatement(TAKE_FOR_BLOCKS)) {
      lock.setLong(1, station.value());
      lock.setLong(2, sessionId);
      take.setObject(1, locked(lock));
      take.setLong(2, sessionId);
      List<Leased> leased = new ArrayList<>();
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          leased.add(leased(row, new DeviceId(row.getLong("device_id"))));
        }
      }
      return leased;
    } catch (SQLException e) {
      throw new DatabaseException("leasing commands to blocks of " + station.value(), e);
    }
  }

  private static long[] locked(PreparedStatement lock) throws SQLException {
    LongStream.Builder blocks = LongStream.builder();
    try (ResultSet row = lock.executeQuery()) {
      while (row.next()) {
        blocks.add(row.getLong(1));
      }
    }
    return blocks.build().toArray();
  }

  private static Leased leased(ResultSet row, DeviceId device) throws SQLException {
    long id = row.getLong("id");
    return row.wasNull()
        ? null
        : new Leased(
            device, row.getLong("serial"), id, row.getInt("code"), row.getBytes("arguments"));
  }

  @Override
  public void sent(Map<Long, Instant> commandIds) {
    if (commandIds.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(SENT)) {
      Columns<Map.Entry<Long, Instant>> columns =
          new Columns<>(update, List.copyOf(commandIds.entrySet()));
      columns.longs(Map.Entry::getKey);
      columns.times(Map.Entry::getValue);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("noting " + commandIds.size() + " commands as sent", e);
    }
  }
}
