package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.kvantenergo.session.Authentication;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;

/** One row a session, written at its start and again for INFO and the end. */
@ApplicationScoped
public class SqlSessionStore implements SessionStore {

  private static final String NEXT =
      "select nextval('device_session_id') from generate_series(1, ?) order by 1";

  private static final String UPSERT =
      """
      insert into device_session as s (id, device_id, node, remote_address, opened_at, protocol,
        model, firmware, iccid, info_at, contract_day, contract_hour, period_minutes, info_rssi,
        error_count, retries, apn, apn_login, apn_password, info_odd, ended_at, end_reason, frames,
        authentication, nonce)
      select n.id, n.device_id, n.node, n.remote_address, %s, n.protocol, n.model, n.firmware,
        n.iccid, %s, n.contract_day, n.contract_hour, n.period_minutes, n.info_rssi, n.error_count,
        n.retries, n.apn, n.apn_login, n.apn_password, n.info_odd, %s, n.end_reason, n.frames,
        n.authentication, n.nonce
      from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::smallint[],
        ?::int[], ?::int[], ?::text[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[],
        ?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::bigint[], ?::text[],
        ?::int[], ?::text[], ?::bigint[])
        as n(id, device_id, node, remote_address, opened_at, protocol, model, firmware, iccid,
        info_at, contract_day, contract_hour, period_minutes, info_rssi, error_count, retries, apn,
        apn_login, apn_password, info_odd, ended_at, end_reason, frames, authentication, nonce)
      order by n.id, n.device_id
      on conflict (id, device_id) do update set
        info_at = coalesce(excluded.info_at, s.info_at),
        contract_day = coalesce(excluded.contract_day, s.contract_day),
        contract_hour = coalesce(excluded.contract_hour, s.contract_hour),
        period_minutes = coalesce(excluded.period_minutes, s.period_minutes),
        info_rssi = coalesce(excluded.info_rssi, s.info_rssi),
        error_count = coalesce(excluded.error_count, s.error_count),
        retries = coalesce(excluded.retries, s.retries),
        apn = coalesce(excluded.apn, s.apn),
        apn_login = coalesce(excluded.apn_login, s.apn_login),
        apn_password = coalesce(excluded.apn_password, s.apn_password),
        info_odd = coalesce(excluded.info_odd, s.info_odd),
        ended_at = coalesce(excluded.ended_at, s.ended_at),
        end_reason = coalesce(excluded.end_reason, s.end_reason),
        frames = coalesce(excluded.frames, s.frames)
      """
          .formatted(
              Columns.time("n.opened_at"), Columns.time("n.info_at"), Columns.time("n.ended_at"));

  private final DataSource dataSource;

  @Inject
  public SqlSessionStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlSessionStore() {
    this(null);
  }

  @Override
  public List<Long> nextIds(int count) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement next = connection.prepareStatement(NEXT)) {
      next.setInt(1, count);
      List<Long> ids = new ArrayList<>(count);
      try (ResultSet id = next.executeQuery()) {
        while (id.next()) {
          ids.add(id.getLong(1));
        }
      }
      return ids;
    } catch (SQLException e) {
      throw new DatabaseException("taking session ids", e);
    }
  }

  @Override
  public void record(List<SessionChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      bind(new Columns<>(upsert, changes));
      upsert.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("writing " + changes.size() + " sessions", e);
    }
  }

  private static final String STILL_OPEN =
      """
      select o.id, o.node from unnest(?::bigint[], ?::bigint[]) as n(id, device_id)
      join device_session o on o.id = n.id and o.device_id = n.device_id
      where o.ended_at is null
      """;

  private static final String NOTE_TAKE_OVER =
      """
      insert into session_takeover (session_id, node)
      select distinct * from unnest(?::bigint[], ?::text[]) on conflict do nothing
      """;

  // Of a base station's session the row that is not a block's.
  private static final String START =
      """
      select s.* from device_session s join device d on d.id = s.device_id
      where s.id = ? and d.kind <> 'BLOCK'
      """;

  // A server that was killed tells no ends; what really ended otherwise is written over this later.
  private static final String END_LOST =
      """
      update device_session o set ended_at = %s, end_reason = 'SERVER_LOST'
      from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as n(id, device_id, at)
      where o.id = n.id and o.device_id = n.device_id and o.ended_at is null
      """
          .formatted(Columns.time("n.at"));

  // Nodes that are gone for good leave rows behind.
  private static final String TAKEN_OVER =
      """
      delete from session_takeover where node = ? or noted_at < now() - interval '1 day'
      returning session_id, node
      """;

  /** Another session that is over because of this one, or this one itself. */
  private record Replaced(long id, String node) {}

  // The state rows of the devices are locked since they were advanced: whoever comes second sees
  // what the first wrote, and one of the two sessions finds itself the older one.
  @Override
  public void noteTakeOvers(List<Begun> starts) {
    List<Replaced> replaced = new ArrayList<>();
    List<Begun> replacing = new ArrayList<>();
    for (Begun start : starts) {
      if (start.newest() > start.id()) {
        replaced.add(new Replaced(start.id(), start.node()));
      } else if (start.previous() != 0) {
        replacing.add(start);
      }
    }
    try (Connection connection = dataSource.getConnection()) {
      Map<Long, String> open = stillOpen(connection, replacing);
      List<Begun> lost = new ArrayList<>();
      for (Begun start : replacing) {
        String node = open.get(start.previous());
        if (start.node().equals(node)) {
          lost.add(start);
        } else if (node != null) {
          replaced.add(new Replaced(start.previous(), node));
        }
      }
      note(connection, replaced);
      endLost(connection, lost);
    } catch (SQLException e) {
      throw new DatabaseException("noting take-overs of " + starts.size() + " sessions", e);
    }
  }

  /** Of the sessions before these: whose end is not known, with its node. */
  private static Map<Long, String> stillOpen(Connection connection, List<Begun> replacing)
      throws SQLException {
    Map<Long, String> open = new HashMap<>();
    if (!replacing.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(STILL_OPEN)) {
        Columns<Begun> columns = new Columns<>(statement, replacing);
        columns.longs(Begun::previous);
        columns.longs(b -> b.device().value());
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            open.put(row.getLong(1), row.getString(2));
          }
        }
      }
    }
    return open;
  }

  private static void note(Connection connection, List<Replaced> replaced) throws SQLException {
    if (!replaced.isEmpty()) {
      try (PreparedStatement note = connection.prepareStatement(NOTE_TAKE_OVER)) {
        Columns<Replaced> columns = new Columns<>(note, replaced);
        columns.longs(Replaced::id);
        columns.texts(Replaced::node);
        note.executeUpdate();
      }
    }
  }

  private static void endLost(Connection connection, List<Begun> lost) throws SQLException {
    if (!lost.isEmpty()) {
      try (PreparedStatement end = connection.prepareStatement(END_LOST)) {
        Columns<Begun> columns = new Columns<>(end, lost);
        columns.longs(Begun::previous);
        columns.longs(b -> b.device().value());
        columns.times(Begun::openedAt);
        end.executeUpdate();
      }
    }
  }

  @Override
  public Optional<SessionChange> opened(long sessionId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(START)) {
      statement.setLong(1, sessionId);
      try (ResultSet r = statement.executeQuery()) {
        return r.next()
            ? Optional.of(
                new SessionChange(
                    sessionId, new DeviceId(r.getLong("device_id")), start(r), null, null, null))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking up session " + sessionId, e);
    }
  }

  private static SessionChange.Start start(ResultSet r) throws SQLException {
    String authentication = r.getString("authentication");
    return new SessionChange.Start(
        r.getString("node"),
        r.getString("remote_address"),
        r.getObject("opened_at", OffsetDateTime.class).toInstant(),
        r.getInt("protocol"),
        r.getInt("model"),
        r.getInt("firmware"),
        r.getString("iccid"),
        authentication == null ? null : Authentication.valueOf(authentication),
        r.getObject("nonce", Long.class));
  }

  @Override
  public List<Long> takenOver(String node) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TAKEN_OVER)) {
      statement.setString(1, node);
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (node.equals(row.getString(2))) {
            ids.add(row.getLong(1));
          }
        }
      }
      return ids;
    } catch (SQLException e) {
      throw new DatabaseException("asking for sessions that were taken over", e);
    }
  }

  private static void bind(Columns<SessionChange> columns) throws SQLException {
    columns.longs(SessionChange::id);
    columns.longs(c -> c.device().value());
    columns.texts(c -> c.start().node());
    columns.texts(c -> c.start().remoteAddress());
    columns.times(c -> c.start().openedAt());
    columns.shorts(c -> c.start().protocol());
    columns.ints(c -> c.start().model());
    columns.ints(c -> c.start().firmware());
    columns.texts(c -> c.start().iccid());
    columns.times(SessionChange::infoAt);
    columns.intsOrNull(info(SessionRow.Info::contractDay));
    columns.intsOrNull(info(SessionRow.Info::contractHour));
    columns.intsOrNull(info(SessionRow.Info::periodMinutes));
    columns.intsOrNull(info(SessionRow.Info::rssi));
    columns.intsOrNull(info(SessionRow.Info::errorCount));
    columns.intsOrNull(info(SessionRow.Info::retries));
    columns.texts(info(SessionRow.Info::apn));
    columns.texts(info(SessionRow.Info::login));
    columns.texts(info(SessionRow.Info::password));
    columns.booleansOrNull(info(SessionRow.Info::odd));
    columns.times(end(SessionChange.End::at));
    columns.texts(end(SessionChange.End::reason));
    columns.intsOrNull(end(SessionChange.End::frames));
    columns.texts(c -> c.start().authentication().name());
    columns.longsOrNull(c -> c.start().nonce());
  }

  private static <V> Function<SessionChange, V> info(Function<SessionRow.Info, V> value) {
    return c -> c.info() == null ? null : value.apply(c.info());
  }

  private static <V> Function<SessionChange, V> end(Function<SessionChange.End, V> value) {
    return c -> c.end() == null ? null : value.apply(c.end());
  }
}
