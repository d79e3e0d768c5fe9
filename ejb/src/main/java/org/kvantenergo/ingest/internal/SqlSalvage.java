package org.kvantenergo.ingest.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.kvantenergo.ingest.Salvage;
import org.kvantenergo.ingest.SetAside;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;

/**
 * Savepoints as statements: JDBC's own are forbidden to a server's connection inside a transaction.
 */
@ApplicationScoped
public class SqlSalvage implements Salvage {

  private static final String KEEP =
      """
      insert into ingest_failed (failed_at, received_at, kind, imei, serial, session_id, node,
        remote_address, frame_type, payload, sql_state, message, block)
      values (now(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final DataSource dataSource;

  @Inject
  public SqlSalvage(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlSalvage() {
    this(null);
  }

  @Override
  public <T> T attempt(Supplier<T> part) {
    execute("savepoint kvant_part");
    try {
      T result = part.get();
      execute("release savepoint kvant_part");
      return result;
    } catch (DatabaseException e) {
      if (e.blamesData()) {
        execute("rollback to savepoint kvant_part");
        execute("release savepoint kvant_part");
      }
      throw e;
    }
  }

  @Override
  public void keep(List<SetAside> frames) {
    if (frames.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(KEEP)) {
      for (SetAside frame : frames) {
        bind(insert, frame);
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException("setting " + frames.size() + " frames aside", e);
    }
  }

  private static void bind(PreparedStatement insert, SetAside frame) throws SQLException {
    SessionRequest request = frame.delivery().session().request();
    Delivery.Frame promised = frame.delivery() instanceof Delivery.Frame aFrame ? aFrame : null;
    Packet packet = promised == null ? null : promised.packet();
    insert.setObject(1, frame.delivery().at().atOffset(ZoneOffset.UTC));
    insert.setString(2, request.hello().kind().name());
    insert.setLong(3, request.hello().imei());
    insert.setLong(4, request.hello().serial());
    insert.setLong(5, frame.delivery().session().admission().sessionId());
    insert.setString(6, request.node());
    insert.setString(7, request.remote());
    insert.setObject(8, packet == null ? null : packet.type(), Types.SMALLINT);
    insert.setBytes(9, packet == null ? null : PacketEncoder.payload(packet));
    insert.setString(10, frame.sqlState());
    insert.setString(11, frame.message());
    insert.setLong(12, promised == null ? 0 : promised.block());
  }

  private void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DatabaseException(sql, e);
    }
  }
}
