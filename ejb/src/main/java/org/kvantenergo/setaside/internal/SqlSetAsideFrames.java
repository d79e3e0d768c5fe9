package org.kvantenergo.setaside.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.setaside.FrameReader;
import org.kvantenergo.setaside.SetAsideDetail;
import org.kvantenergo.setaside.SetAsideFrames;
import org.kvantenergo.setaside.SetAsideRow;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** The table for people: each query through the one check of who sees a frame. */
@ApplicationScoped
public class SqlSetAsideFrames implements SetAsideFrames {

  // A frame of a registered device is its owner's, whatever the device is called by now; one that
  // no
  // registered device claims or whose claim is unproven, and a block's that came through such a
  // station, is the installation's. A probe of an index or two a frame.
  private static final String SEEN =
      """
      from ingest_failed f
      left join device_alias a on a.id = f.device_id
      left join device r on r.id = coalesce(a.device_id, f.device_id) and r.state <> 'UNREGISTERED'
      left join device s on r.id is null and not f.unproven
        and s.state in ('REGISTERED', 'BLOCKED') and s.serial = f.serial and s.kind = f.kind
        and (s.imei = f.imei or (f.kind = 'BASE_STATION' and (f.imei = 0 or s.imei = 0)))
      left join device b on f.block <> 0 and coalesce(r.id, s.id) is not null
        and b.state in ('REGISTERED', 'BLOCKED') and b.serial = f.block and b.kind = 'BLOCK'
      cross join lateral (
        select case when f.block <> 0 then b.organisation_id
          else coalesce(r.organisation_id, s.organisation_id) end as owner) o
      where %s
      """;

  private static final String COLUMNS =
      """
      select f.id, f.received_at, f.imei, f.serial, f.block, f.frame_type, f.sql_state, f.message,
        f.attempts, f.next_try_at, f.stored_at,
        case when f.frame_type = 2 then get_byte(f.payload, 0) else 0 end as records
      """;

  private static final String HURRY =
      """
      update ingest_failed set next_try_at = now()
      where id in (select f.id %s and f.stored_at is null and f.next_try_at > now() and %s)
      """;

  private final DataSource dataSource;
  private final FrameReader reader;
  private final AuditTrail audit;

  @Inject
  public SqlSetAsideFrames(DataSource dataSource, FrameReader reader, AuditTrail audit) {
    this.dataSource = dataSource;
    this.reader = reader;
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlSetAsideFrames() {
    this(null, null, null);
  }

  @Override
  public long waiting(Scope scope) {
    return count(scope, Which.WAITING);
  }

  @Override
  public Page<SetAsideRow> list(Scope scope, Which which, Slice slice) {
    String sql = COLUMNS + seen(scope) + condition(which) + " order by f.id desc limit ? offset ?";
    List<SetAsideRow> rows = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement list = connection.prepareStatement(sql)) {
      list.setInt(1, slice.limit());
      list.setLong(2, slice.offset());
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          rows.add(row(row));
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("listing frames that were set aside", e);
    }
    return new Page<>(rows, count(scope, which));
  }

  @Override
  public Optional<SetAsideDetail> find(Scope scope, long id) {
    String sql =
        COLUMNS
            + ", f.failed_at, f.session_id, f.node, f.remote_address, f.payload "
            + seen(scope)
            + " and f.id = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(sql)) {
      find.setLong(1, id);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? Optional.of(detail(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("reading frame " + id + " that was set aside", e);
    }
  }

  @Override
  @Transactional
  public int retryNow(Caller caller, Collection<Long> ids) {
    return hurry(caller, "f.id = any(?)", ids);
  }

  @Override
  @Transactional
  public int retryAllNow(Caller caller, Collection<Long> except) {
    return hurry(caller, "f.id <> all(?)", except);
  }

  private int hurry(Caller caller, String which, Collection<Long> ids) {
    caller.require(Permission.RETRY_FRAMES);
    String sql = HURRY.formatted(seen(caller.scope()), which);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, ids.stream().mapToLong(Long::longValue).toArray());
      int hurried = update.executeUpdate();
      audit.note(
          caller,
          AuditAction.FRAMES_RETRIED,
          "frames",
          Map.of(),
          Map.of("count", Integer.toString(hurried)));
      return hurried;
    } catch (SQLException e) {
      throw new DatabaseException("hurrying frames that were set aside", e);
    }
  }

  private long count(Scope scope, Which which) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count =
            connection.prepareStatement("select count(*) " + seen(scope) + condition(which))) {
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new DatabaseException("counting frames that were set aside", e);
    }
  }

  private static String seen(Scope scope) {
    return SEEN.formatted(InScope.of(scope, "o.owner"));
  }

  private static String condition(Which which) {
    return switch (which) {
      case WAITING -> " and f.stored_at is null";
      case STORED -> " and f.stored_at is not null";
      case ALL -> "";
    };
  }

  private static SetAsideRow row(ResultSet r) throws SQLException {
    long block = r.getLong("block");
    Instant storedAt = time(r, "stored_at");
    return new SetAsideRow(
        r.getLong("id"),
        time(r, "received_at"),
        block == 0 ? r.getLong("imei") : 0,
        block == 0 ? r.getLong("serial") : block,
        SetAsideRow.Type.of(r.getInt("frame_type")),
        r.getInt("records"),
        r.getString("sql_state"),
        r.getString("message"),
        r.getInt("attempts"),
        storedAt == null ? time(r, "next_try_at") : null,
        storedAt);
  }

  private SetAsideDetail detail(ResultSet r) throws SQLException {
    SetAsideRow row = row(r);
    byte[] payload = r.getBytes("payload");
    return new SetAsideDetail(
        row,
        time(r, "failed_at"),
        r.getLong("session_id"),
        r.getString("node"),
        r.getString("remote_address"),
        r.getLong("block") == 0 ? 0 : r.getLong("serial"),
        reader.read(r.getInt("frame_type"), payload),
        row.type() == SetAsideRow.Type.INFO ? new byte[0] : payload);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
