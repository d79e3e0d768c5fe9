package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.DatabaseException;

/** One row a session, written when its first packet is stored and again for INFO and the end. */
@ApplicationScoped
public class SqlSessionStore implements SessionStore {

  private static final String NEXT =
      "select nextval('device_session_id') from generate_series(1, ?) order by 1";

  // A batch that brings neither INFO nor an end leaves the row alone: long sessions cost nothing.
  private static final String UPSERT =
      """
      insert into device_session as s (id, device_id, node, remote_address, opened_at, protocol,
        model, firmware, iccid, info_at, contract_day, contract_hour, period_minutes, info_rssi,
        error_count, retries, apn, apn_login, apn_password, info_odd, ended_at, end_reason, frames)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
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
      where excluded.info_at is not null or excluded.ended_at is not null
      """;

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
      for (SessionChange change : changes) {
        bind(upsert, change);
        upsert.addBatch();
      }
      upsert.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException("writing " + changes.size() + " sessions", e);
    }
  }

  private static void bind(PreparedStatement upsert, SessionChange change) throws SQLException {
    SessionChange.Start start = change.start();
    upsert.setLong(1, change.id());
    upsert.setLong(2, change.device().value());
    upsert.setString(3, start.node());
    upsert.setString(4, start.remoteAddress());
    time(upsert, 5, start.openedAt());
    upsert.setInt(6, start.protocol());
    upsert.setInt(7, start.model());
    upsert.setInt(8, start.firmware());
    upsert.setString(9, start.iccid());
    time(upsert, 10, change.infoAt());
    info(upsert, change.info());
    SessionChange.End end = change.end();
    time(upsert, 21, end == null ? null : end.at());
    upsert.setString(22, end == null ? null : end.reason());
    integer(upsert, 23, end == null ? null : end.frames());
  }

  private static void info(PreparedStatement upsert, SessionRow.Info info) throws SQLException {
    integer(upsert, 11, info == null ? null : info.contractDay());
    integer(upsert, 12, info == null ? null : info.contractHour());
    integer(upsert, 13, info == null ? null : info.periodMinutes());
    integer(upsert, 14, info == null ? null : info.rssi());
    integer(upsert, 15, info == null ? null : info.errorCount());
    integer(upsert, 16, info == null ? null : info.retries());
    upsert.setString(17, info == null ? null : info.apn());
    upsert.setString(18, info == null ? null : info.login());
    upsert.setString(19, info == null ? null : info.password());
    upsert.setObject(20, info == null ? null : info.odd(), Types.BOOLEAN);
  }

  private static void integer(PreparedStatement statement, int place, Integer value)
      throws SQLException {
    statement.setObject(place, value, Types.INTEGER);
  }

  private static void time(PreparedStatement statement, int place, Instant value)
      throws SQLException {
    statement.setObject(
        place,
        value == null ? null : value.atOffset(ZoneOffset.UTC),
        Types.TIMESTAMP_WITH_TIMEZONE);
  }
}
