package org.kvantenergo.command.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.kvantenergo.command.CommandLeases.Result;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.ServerMessage;

/**
 * Stores what devices answer. The first answer counts, in whatever state the command is by then.
 */
final class Results {

  private static final System.Logger LOG = System.getLogger(Results.class.getName());

  // Nobody's command is locked but one's own: ids are easily guessed. Who is told to lock and
  // answers «locked» (1) is what was asked for.
  private static final String STORE =
      """
      with n as (
        select * from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[])
          as n(device_id, id, result, session_id, at)
      ), locked as (
        select c.id from command c where (c.id, c.device_id) in (select n.id, n.device_id from n)
        order by c.id for update
      ), said as (
        select n.*, c.code, n.result = 0 or n.result = 1 and c.code = 2 as done
        from n join locked on locked.id = n.id join command c on c.id = n.id
      )
      update command c set result = n.result, result_at = %s, result_session = n.session_id,
        state = case when n.done then 'DONE' when n.result in (1, 3) then 'REFUSED' else 'FAILED' end,
        reason = case when n.done then null when n.result = 1 then 'LOCKED'
          when n.result = 2 then 'UNSUPPORTED' when n.result = 3 then 'BAD_ARGUMENT'
          else 'DEVICE_FAILED' end,
        ended_at = case when n.done then null else now() end
      from said n
      where c.id = n.id and c.device_id = n.device_id and c.result is null
      returning c.id
      """
          .formatted(Columns.time("n.at"));

  // A setting that went out, was not answered, and was overtaken by a newer one: sent once more, it
  // would undo what was asked for last.
  private static final String OVERTAKEN =
      """
      with old as (
        select o.id from command y
        join command o on o.device_id = y.device_id and o.code = y.code and o.id < y.id
          and o.state in ('QUEUED', 'LEASED') and o.waits_for is null
        where y.id = any(?) and y.code in (1, 4, 5) and y.result = 0
        order by o.id for update of o skip locked
      )
      update command c set state = 'SUPERSEDED', reason = 'NEWER', ended_at = now()
      from old where c.id = old.id
      """;

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

  private static final long STRAY_PAUSE_NANOS = 60_000_000_000L;

  private final AtomicLong strayLast = new AtomicLong(System.nanoTime());

  /** One command of one device. */
  private record Key(long device, long command) {
    static Key of(Result result) {
      return new Key(result.device().value(), result.commandId());
    }
  }

  /** Returns the places of those that were stored before. */
  BitSet store(Connection connection, List<Result> results) throws SQLException {
    BitSet before = new BitSet(results.size());
    Map<Key, Result> first =
        new TreeMap<>(Comparator.comparingLong(Key::device).thenComparingLong(Key::command));
    for (int i = 0; i < results.size(); i++) {
      before.set(i, first.putIfAbsent(Key.of(results.get(i)), results.get(i)) != null);
    }
    List<Result> distinct = List.copyOf(first.values());
    Set<Long> ids = placed(connection, distinct);
    overtaken(connection, ids);
    Set<Key> fresh =
        distinct.stream()
            .filter(r -> ids.contains(r.commandId()))
            .map(Key::of)
            .collect(Collectors.toCollection(HashSet::new));
    if (fresh.size() < distinct.size()) {
      fresh.addAll(
          strays(connection, distinct.stream().filter(r -> !fresh.contains(Key.of(r))).toList()));
    }
    for (int i = 0; i < results.size(); i++) {
      before.set(i, before.get(i) || !fresh.contains(Key.of(results.get(i))));
    }
    return before;
  }

  private static Set<Long> placed(Connection connection, List<Result> results) throws SQLException {
    Set<Long> ids = new HashSet<>();
    try (PreparedStatement update = connection.prepareStatement(STORE)) {
      bind(update, results);
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  private static void overtaken(Connection connection, Set<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement end = connection.prepareStatement(OVERTAKEN)) {
      end.setObject(1, ids.stream().mapToLong(Long::longValue).toArray());
      end.executeUpdate();
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

  /** At most one line a minute: anybody can invent results. */
  private void sayStray(long device, long command) {
    long now = System.nanoTime();
    long last = strayLast.get();
    if (now - last >= 0 && strayLast.compareAndSet(last, now + STRAY_PAUSE_NANOS)) {
      ServerMessage.STRAY_RESULT.log(LOG, device, command);
    }
  }

  private static void bind(PreparedStatement statement, List<Result> results) throws SQLException {
    Columns<Result> columns = new Columns<>(statement, results);
    columns.longs(r -> r.device().value());
    columns.longs(Result::commandId);
    columns.shorts(Result::code);
    columns.longs(Result::sessionId);
    columns.times(Result::at);
  }
}
