package org.kvantenergo.command.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.kvantenergo.command.CommandLeases.Due;
import org.kvantenergo.command.CommandLeases.Leased;
import org.kvantenergo.command.CommandLeases.Taker;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.ServerMessage;

/**
 * What may be sent now, as SQL: each device is looked up by itself in the index of what is open, so
 * a long queue of others costs it nothing. Uses no function of the schema: a rehearsal has the
 * tables alone.
 */
final class DueCommands {

  private static final System.Logger LOG = System.getLogger(DueCommands.class.getName());

  private static final String OPEN = "%1$s.state in ('QUEUED', 'LEASED')";

  /** Whether a command will not be sent any more, though nobody has said so yet. */
  private static final String OVER =
      "("
          + "%1$s.state not in ('QUEUED', 'LEASED') or %1$s.expires_at <= now()"
          + " or %1$s.attempts >= %1$s.attempts_allowed)";

  // w goes before c in its task. A change needs its opening DONE. A locking needs all before it to
  // be over and the opening handed out; if the change is DONE, its INFO has to come first, or
  // another session, or some minutes: the lock must not wait for what was lost. What belongs to a
  // task that has begun goes on in a campaign that is paused or called off: the device may be open.
  // Everything else waits for the locking of a task that has begun, which would lock what another
  // opens. Of two openings that both went out neither waits for the other.
  private static final String TURN =
      """
      case when c.waits_for is not null then exists (
          select from command w left join command o on o.id = w.waits_for
          where w.id = c.waits_for
            and case c.needs when 'DONE' then w.state in ('DONE', 'VERIFIED')
              else coalesce(o.leased_by, w.leased_by) is not null and %2$s
                and (o.id is null or %3$s)
                and (w.state <> 'DONE' or w.result_session <> %1$s
                  or w.result_at < now() - interval '10 minutes') end)
        else (c.campaign_id is null
            or c.leased_by is not null and exists (select from command m where m.waits_for = c.id)
            or not exists (select from campaign p
              where p.id = c.campaign_id and p.state in ('PAUSED', 'CANCELLED')))
          and (c.code = 3 and c.leased_by is not null or not exists (
            select from command l join command w on w.id = l.waits_for
              join command o on o.id = w.waits_for
            where l.device_id = c.device_id and l.state in ('QUEUED', 'LEASED') and l.needs = 'OVER'
              and l.expires_at > now() and l.attempts < l.attempts_allowed
              and o.id <> c.id and o.leased_by is not null)) end
      """;

  private static final String WAITING =
      """
      %2$s and coalesce(c.leased_by, 0) <> %1$s
        and c.expires_at > now() and c.attempts < c.attempts_allowed and %3$s
      """;

  // What TURN cannot do without, by the rows that are at hand: what waits in a task needs its
  // opening handed out, or done unasked; what is first in one, or alone, that nobody holds its
  // campaign.
  private static final String POSSIBLE =
      """
      case when c.waits_for is null
        then c.campaign_id is null or c.leased_by is not null
          or not exists (select from campaign p
            where p.id = c.campaign_id and p.state in ('PAUSED', 'CANCELLED'))
        else exists (select from command w left join command o on o.id = w.waits_for
          where w.id = c.waits_for and (coalesce(o.leased_by, w.leased_by) is not null
            or w.state in ('DONE', 'VERIFIED'))) end
      """;

  // What is open for a device is read once; only who may have something is looked at for more. Rows
  // that somebody else is changing are passed over: whoever cancels or supersedes a hundred
  // thousand
  // commands holds no session up.
  private static final String NEXT =
      """
      next as materialized (
        select t.device_id, t.session_id, n.id as command_id, u.unanswered, u.due
        from taker t
        cross join lateral (
          select coalesce(bool_or(c.state = 'LEASED' and c.leased_by = t.session_id), false) as unanswered,
            count(*) filter (where %1$s) as due
          from command c where c.device_id = t.device_id and %2$s) u
        left join lateral (
          select c.id from command c
          where not u.unanswered and u.due > 0 and c.device_id = t.device_id and %1$s
          order by c.priority desc, c.id limit 1 for update of c skip locked) n on true
      ), leased as (
        update command c set state = 'LEASED', leased_by = t.session_id
        from next t where c.id = t.command_id
        returning c.id, c.device_id, c.code, c.arguments, c.request_id
      )
      """
          .formatted(waiting("t.session_id"), OPEN.formatted("c"));

  private static final String LEASED =
      """
      l.id, l.code, l.arguments, l.request_id, d.serial,
        case when l.request_id is not null and l.code = 5
          then (select r.sealed_apn from command_request r where r.id = l.request_id) end as sealed_apn
      """;

  // Most devices have nothing to do, or nothing now: that is asked first, of the index, which the
  // order demands; an exists would let the planner read the queue of all. A device that waits for
  // its campaign, or for an answer, costs with every record little more than one without a command.
  // Where all that is due is being changed by somebody else, nothing is said to be due: the next
  // answer will.
  static final String TAKE =
      """
      with taker as materialized (
        select n.device_id, n.session_id
        from unnest(?::bigint[], ?::bigint[]) as n(device_id, session_id)
        join device_state s on s.device_id = n.device_id and s.session_id = n.session_id
        join device d on d.id = n.device_id and d.state = 'REGISTERED'
        where (select c.id from command c where c.device_id = n.device_id and %s
          order by c.priority desc, c.id limit 1) is not null
      ), %s
      select t.device_id, t.due, %s
      from next t left join leased l on l.id = t.command_id
      join device d on d.id = t.device_id
      where t.due > 0 and (t.unanswered or l.id is not null)
      """
          .formatted(waiting("n.session_id", POSSIBLE), NEXT, LEASED);

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
        and exists (select 1 from command c where c.device_id = t.device_id and %s)
        and not exists (select from command u
          where u.device_id = t.device_id and u.state = 'LEASED' and u.leased_by = own.session_id)
      order by t.device_id limit 255 for update of t skip locked
      """
          .formatted(waiting("own.session_id"));

  static final String TAKE_FOR_BLOCKS =
      """
      with taker as materialized (
        select n.device_id, p.session_id
        from unnest(?::bigint[]) as n(device_id), (values (?::bigint)) as p(session_id)
      ), %s
      select l.device_id, 0 as due, %s
      from leased l join device d on d.id = l.device_id order by l.id
      """
          .formatted(NEXT, LEASED);

  private static final String UNREADABLE =
      "update command set state = 'FAILED', reason = '%s', ended_at = now() where id = ?"
          .formatted(CommandReason.SECRET);

  private final SecretBox box;

  DueCommands(SecretBox box) {
    this.box = box;
  }

  /**
   * What of {@code command c} may be sent in a session: never sent, or sent in an older one and not
   * answered, and its turn in its task and its campaign.
   *
   * @param session SQL that gives the session
   */
  private static String waiting(String session) {
    return waiting(session, TURN.formatted(session, OVER.formatted("w"), OVER.formatted("o")));
  }

  private static String waiting(String session, String turn) {
    return WAITING.formatted(session, OPEN.formatted("c"), turn);
  }

  Map<DeviceId, Due> take(Connection connection, List<Taker> takers) throws SQLException {
    Map<DeviceId, Due> due = new HashMap<>();
    List<Taker> again = new ArrayList<>();
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      Columns<Taker> columns = new Columns<>(take, takers);
      columns.longs(t -> t.device().value());
      columns.longs(Taker::sessionId);
      List<Row> unreadable = new ArrayList<>();
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          Row found = Row.of(row);
          Leased leased = found.id == 0 ? null : open(found);
          if (found.id != 0 && leased == null) {
            unreadable.add(found);
          } else {
            due.put(found.device, new Due(found.device, found.due, leased));
          }
        }
      }
      for (Row one : unreadable) {
        give(connection, one);
        takers.stream().filter(t -> t.device().equals(one.device)).forEach(again::add);
      }
    }
    if (!again.isEmpty()) {
      // Each round ends a command for good.
      due.putAll(take(connection, again));
    }
    return due;
  }

  List<Leased> takeForBlocks(Connection connection, DeviceId station, long sessionId)
      throws SQLException {
    List<Leased> leased = new ArrayList<>();
    List<Row> unreadable = new ArrayList<>();
    try (PreparedStatement lock = connection.prepareStatement(LOCK_BLOCKS);
        PreparedStatement take = connection.prepareStatement(TAKE_FOR_BLOCKS)) {
      lock.setLong(1, station.value());
      lock.setLong(2, sessionId);
      take.setObject(1, locked(lock));
      take.setLong(2, sessionId);
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          Row found = Row.of(row);
          Leased one = open(found);
          if (one == null) {
            unreadable.add(found);
          } else {
            leased.add(one);
          }
        }
      }
    }
    for (Row one : unreadable) {
      give(connection, one);
    }
    return leased;
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

  /** A row of the answer; id is 0 where nothing was leased. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(
      DeviceId device,
      int due,
      long id,
      int code,
      byte[] kept,
      long request,
      byte[] sealed,
      long serial) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          new DeviceId(row.getLong("device_id")),
          row.getInt("due"),
          row.getLong("id"),
          row.getInt("code"),
          row.getBytes("arguments"),
          row.getLong("request_id"),
          row.getBytes("sealed_apn"),
          row.getLong("serial"));
    }
  }

  /** Null, and a line in the log, if its secret cannot be opened. */
  private Leased open(Row row) {
    try {
      byte[] arguments = ApnArguments.whole(box, row.kept, row.request, row.sealed);
      return new Leased(row.device, row.serial, row.id, row.code, arguments);
    } catch (SecretBox.SecretException e) {
      ServerMessage.COMMAND_UNREADABLE.log(LOG, row.id, row.device.value(), e.getMessage());
      return null;
    }
  }

  /** Ends one that can never go out: it would hold up what waits behind it. */
  private static void give(Connection connection, Row row) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(UNREADABLE)) {
      end.setLong(1, row.id);
      end.executeUpdate();
    }
  }
}
