package org.kvantenergo.setaside.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.setaside.FailedFrame;
import org.kvantenergo.setaside.SetAsideStore;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;

/** One row a frame. */
@ApplicationScoped
public class SqlSetAside implements SetAsideStore {

  // Who had no row at the HELLO may have got one by a neighbour of the frame.
  private static final String KEEP =
      """
      insert into ingest_failed (failed_at, received_at, kind, imei, serial, block, session_id, node,
        remote_address, frame_type, payload, sql_state, message, unproven, batch_id, batch_frame,
        next_try_at, device_id)
      select now(), n.*, now() + interval '10 seconds', coalesce(?::bigint, (
        select c.id from device c where c.state = 'UNREGISTERED'
          and c.serial = n.serial and c.imei = n.imei and c.kind = n.kind))
      from (values (?::timestamptz, ?, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?, ?, ?::smallint,
        ?::bytea, ?, ?, ?::boolean, ?::bigint, ?::smallint))
        as n(received_at, kind, imei, serial, block, session_id, node, remote_address, frame_type,
        payload, sql_state, message, unproven, batch_id, batch_frame)
      where not exists (select 1 from ingest_failed w where w.stored_at is null
        and w.serial = n.serial and w.imei = n.imei and w.kind = n.kind and w.block = n.block
        and w.unproven = n.unproven and w.frame_type = n.frame_type and w.payload = n.payload)
      """;

  private static final String TAKE =
      """
      select * from ingest_failed where stored_at is null and next_try_at <= now()
      order by next_try_at limit 1 for update skip locked
      """;

  private static final String STORED =
      """
      update ingest_failed set attempts = attempts + 1, stored_at = now(), stored_batch_id = ?
      where id = ?
      """;

  private static final String STORED_WITH =
      """
      select batch_id, batch_frame, failed_at, stored_at from ingest_failed where stored_batch_id = ?
      """;

  private static final String FAILED_AGAIN =
      """
      update ingest_failed set attempts = attempts + 1, sql_state = ?, message = ?,
        next_try_at = now() + case attempts when 0 then interval '1 minute'
          when 1 then interval '10 minutes' when 2 then interval '1 hour' else interval '1 day' end
      where id = ?
      """;

  private final DataSource dataSource;

  @Inject
  public SqlSetAside(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlSetAside() {
    this(null);
  }

  @Override
  public BitSet keep(List<FailedFrame> frames) {
    BitSet fresh = new BitSet(frames.size());
    if (frames.isEmpty()) {
      return fresh;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(KEEP)) {
      for (FailedFrame frame : frames) {
        bind(insert, frame);
        insert.addBatch();
      }
      int[] inserted = insert.executeBatch();
      for (int i = 0; i < inserted.length; i++) {
        fresh.set(i, inserted[i] > 0);
      }
      return fresh;
    } catch (SQLException e) {
      throw new DatabaseException("setting " + frames.size() + " frames aside", e);
    }
  }

  private static void bind(PreparedStatement insert, FailedFrame frame) throws SQLException {
    insert.setObject(1, frame.device() == null ? null : frame.device().value(), Types.BIGINT);
    insert.setObject(2, frame.receivedAt().atOffset(ZoneOffset.UTC));
    insert.setString(3, frame.claim().kind().name());
    insert.setLong(4, frame.claim().imei());
    insert.setLong(5, frame.claim().serial());
    insert.setLong(6, frame.block());
    insert.setLong(7, frame.sessionId());
    insert.setString(8, frame.node());
    insert.setString(9, frame.remoteAddress());
    insert.setInt(10, frame.type());
    insert.setBytes(11, frame.payload());
    insert.setString(12, frame.sqlState());
    insert.setString(13, frame.message());
    insert.setBoolean(14, frame.unproven());
    insert.setLong(15, frame.batchId());
    insert.setInt(16, frame.place());
  }

  @Override
  public Optional<Due> take() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE);
        ResultSet row = take.executeQuery()) {
      return row.next()
          ? Optional.of(new Due(row.getLong("id"), frame(row), row.getInt("attempts")))
          : Optional.empty();
    } catch (SQLException e) {
      throw new DatabaseException("looking for frames that were set aside", e);
    }
  }

  private static FailedFrame frame(ResultSet row) throws SQLException {
    long device = row.getLong("device_id");
    return new FailedFrame(
        time(row, "received_at"),
        new DeviceClaim(
            DeviceRow.Kind.valueOf(row.getString("kind")),
            row.getLong("imei"),
            row.getLong("serial")),
        device == 0 ? null : new DeviceId(device),
        row.getBoolean("unproven"),
        row.getLong("block"),
        row.getLong("session_id"),
        row.getString("node"),
        row.getString("remote_address"),
        row.getInt("frame_type"),
        row.getBytes("payload"),
        row.getLong("batch_id"),
        row.getInt("batch_frame"),
        row.getString("sql_state"),
        row.getString("message"));
  }

  @Override
  public void stored(long id, long batchId) {
    update(
        STORED,
        statement -> {
          statement.setLong(1, batchId);
          statement.setLong(2, id);
        });
  }

  @Override
  public Optional<Delayed> storedWith(long batchId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(STORED_WITH)) {
      find.setLong(1, batchId);
      try (ResultSet row = find.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Delayed(
                    row.getLong("batch_id"),
                    row.getInt("batch_frame"),
                    time(row, "failed_at"),
                    time(row, "stored_at")))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking up what was set aside", e);
    }
  }

  @Override
  public void failedAgain(long id, String sqlState, String message) {
    update(
        FAILED_AGAIN,
        statement -> {
          statement.setString(1, sqlState);
          statement.setString(2, message);
          statement.setLong(3, id);
        });
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Fills a statement's places. */
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private void update(String sql, Binding binding) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(statement);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("changing frames that were set aside", e);
    }
  }
}
