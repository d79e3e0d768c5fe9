package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.kvantenergo.session.Authentication;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.SecretBox;

/** One row a session, written at its start and again for INFO and the end. */
@ApplicationScoped
public class SqlSessionStore implements SessionStore {

  private static final String NEXT =
      "select nextval('device_session_id') from generate_series(1, ?) order by 1";

  private static final String UPSERT =
      """
      insert into device_session as s (id, device_id, node, remote_address, opened_at, protocol,
        model, firmware, iccid, info_at, contract_day, contract_hour, period_minutes, info_rssi,
        error_count, retries, apn, sealed_apn, info_odd, ended_at, end_reason, frames,
        authentication, nonce)
      select n.id, n.device_id, n.node, n.remote_address, %s, n.protocol, n.model, n.firmware,
        n.iccid, %s, n.contract_day, n.contract_hour, n.period_minutes, n.info_rssi, n.error_count,
        n.retries, n.apn, n.sealed_apn, n.info_odd, %s, n.end_reason, n.frames,
        n.authentication, n.nonce
      from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::smallint[],
        ?::int[], ?::int[], ?::text[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[],
        ?::int[], ?::int[], ?::text[], ?::bytea[], ?::boolean[], ?::bigint[], ?::text[],
        ?::int[], ?::text[], ?::bigint[])
        as n(id, device_id, node, remote_address, opened_at, protocol, model, firmware, iccid,
        info_at, contract_day, contract_hour, period_minutes, info_rssi, error_count, retries, apn,
        sealed_apn, info_odd, ended_at, end_reason, frames, authentication, nonce)
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
        sealed_apn = coalesce(excluded.sealed_apn, s.sealed_apn),
        info_odd = coalesce(excluded.info_odd, s.info_odd),
        ended_at = coalesce(excluded.ended_at, s.ended_at),
        end_reason = coalesce(excluded.end_reason, s.end_reason),
        frames = coalesce(excluded.frames, s.frames)
      """
          .formatted(
              Columns.time("n.opened_at"), Columns.time("n.info_at"), Columns.time("n.ended_at"));

  // By far most ends are all that a batch says of a session whose row is there: an update of three
  // columns, on the row's own page (fillfactor), instead of an insert that conflicts.
  private static final String END =
      """
      update device_session s set ended_at = %s, end_reason = n.end_reason, frames = n.frames
      from (select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::int[])
        as n(id, device_id, ended_at, end_reason, frames) order by n.id, n.device_id) n
      where s.id = n.id and s.device_id = n.device_id
      returning s.id, s.device_id
      """
          .formatted(Columns.time("n.ended_at"));

  private final DataSource dataSource;
  private final SecretBox box;

  @Inject
  public SqlSessionStore(DataSource dataSource, SecretBox box) {
    this.dataSource = dataSource;
    this.box = box;
  }

  /** For the proxies of CDI. */
  protected SqlSessionStore() {
    this(null, null);
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
    try (Connection connection = dataSource.getConnection()) {
      List<SessionChange> ends =
          changes.stream().filter(c -> c.info() == null && c.end() != null).toList();
      Set<Row> ended = end(connection, ends);
      upsert(connection, changes.stream().filter(c -> !ended.contains(Row.of(c))).toList());
    } catch (SQLException e) {
      throw new DatabaseException("writing " + changes.size() + " sessions", e);
    }
  }

  private record Row(long id, long device) {
    static Row of(SessionChange change) {
      return new Row(change.id(), change.device().value());
    }
  }

  private static Set<Row> end(Connection connection, List<SessionChange> ends) throws SQLException {
    Set<Row> ended = new HashSet<>(ends.size() * 2);
    if (!ends.isEmpty()) {
      try (PreparedStatement update = connection.prepareStatement(END)) {
        Columns<SessionChange> columns = new Columns<>(update, ends);
        columns.longs(SessionChange::id);
        columns.longs(c -> c.device().value());
        columns.times(c -> c.end().at());
        columns.texts(c -> c.end().reason());
        columns.ints(c -> c.end().frames());
        try (ResultSet row = update.executeQuery()) {
          while (row.next()) {
            ended.add(new Row(row.getLong(1), row.getLong(2)));
          }
        }
      }
    }
    return ended;
  }

  private void upsert(Connection connection, List<SessionChange> changes) throws SQLException {
    if (!changes.isEmpty()) {
      try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
        bind(new Columns<>(upsert, changes));
        upsert.executeUpdate();
      }
    }
  }

  // Of a base station's session the row that is not a block's.
  private static final String START =
      """
      select s.* from device_session s join device d on d.id = s.device_id
      where s.id = ? and d.kind <> 'BLOCK'
      """;

  // Nodes that are gone for good leave rows behind.
  private static final String TAKEN_OVER =
      """
      delete from session_takeover where node = ? or noted_at < now() - interval '1 day'
      returning session_id, node
      """;

  @Override
  public void noteTakeOvers(List<Begun> starts) {
    if (starts.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      TakeOvers.note(connection, starts);
    } catch (SQLException e) {
      throw new DatabaseException("noting take-overs of " + starts.size() + " sessions", e);
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

  private void bind(Columns<SessionChange> columns) throws SQLException {
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
    columns.bytes(this::sealedApn);
    columns.booleansOrNull(info(SessionRow.Info::odd));
    columns.times(end(SessionChange.End::at));
    columns.texts(end(SessionChange.End::reason));
    columns.intsOrNull(end(SessionChange.End::frames));
    columns.texts(c -> c.start().authentication().name());
    columns.longsOrNull(c -> c.start().nonce());
  }

  private byte[] sealedApn(SessionChange change) {
    SessionRow.Info info = change.info();
    return info == null
        ? null
        : SessionSecrets.seal(box, change.id(), info.login(), info.password());
  }

  private static <V> Function<SessionChange, V> info(Function<SessionRow.Info, V> value) {
    return c -> c.info() == null ? null : value.apply(c.info());
  }

  private static <V> Function<SessionChange, V> end(Function<SessionChange.End, V> value) {
    return c -> c.end() == null ? null : value.apply(c.end());
  }
}
