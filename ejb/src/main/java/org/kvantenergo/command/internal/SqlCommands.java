package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.kvantenergo.command.CommandLeases;
import org.kvantenergo.command.CommandQueue;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.wire.command.DeviceCommand;

/** One row a command; a set-based statement a batch. */
@ApplicationScoped
public class SqlCommands implements CommandQueue, CommandLeases {

  private static final String ENQUEUE =
      """
      insert into command (device_id, code, arguments, state, created_by, expires_at,
        attempts_allowed, request_id)
      values (?, ?, ?, 'QUEUED', ?, ?, ?, ?) returning id
      """;

  // Only for what keeps a secret.
  private static final String REQUEST =
      """
      insert into command_request (id, login, address, key, content, state, code, arguments, sealed_apn,
        composite, priority, attempts_allowed, expires_at)
      values (?, ?, '', 'program', '', 'SENT', ?, ?, ?, false, 0, ?, ?)
      """;

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

  private final DataSource dataSource;
  private final SecretBox box;
  private final Results results = new Results();
  private final DueCommands due;

  @Inject
  public SqlCommands(DataSource dataSource, SecretBox box) {
    this.dataSource = dataSource;
    this.box = box;
    this.due = new DueCommands(box);
  }

  /** For the proxies of CDI. */
  protected SqlCommands() {
    this(null, null);
  }

  @Override
  public long enqueue(Order order) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(ENQUEUE)) {
      insert.setLong(1, order.device().value());
      insert.setInt(2, order.command().code());
      insert.setBytes(3, ApnArguments.kept(order.command()));
      insert.setString(4, order.by());
      insert.setObject(5, order.expiresAt().atOffset(ZoneOffset.UTC));
      insert.setInt(6, order.attempts());
      insert.setObject(7, request(connection, order), java.sql.Types.BIGINT);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new DatabaseException("queueing a command for device " + order.device().value(), e);
    }
  }

  /** The request that keeps the secret of a command; null if it has none. */
  private Long request(Connection connection, Order order) throws SQLException {
    if (!(order.command() instanceof DeviceCommand.SetApn)) {
      return null;
    }
    try (PreparedStatement next =
            connection.prepareStatement("select nextval('command_request_id')");
        PreparedStatement insert = connection.prepareStatement(REQUEST);
        ResultSet row = next.executeQuery()) {
      row.next();
      long id = row.getLong(1);
      insert.setLong(1, id);
      insert.setString(2, order.by());
      insert.setInt(3, order.command().code());
      insert.setBytes(4, ApnArguments.kept(order.command()));
      insert.setBytes(5, ApnArguments.sealed(box, order.command(), id));
      insert.setInt(6, order.attempts());
      insert.setObject(7, order.expiresAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
      return id;
    }
  }

  @Override
  public BitSet results(List<Result> stored) {
    if (stored.isEmpty()) {
      return new BitSet();
    }
    try (Connection connection = dataSource.getConnection()) {
      return results.store(connection, stored);
    } catch (SQLException e) {
      throw new DatabaseException("storing " + stored.size() + " command results", e);
    }
  }

  @Override
  public Map<DeviceId, Due> due(List<Taker> takers) {
    if (takers.isEmpty()) {
      return Map.of();
    }
    try (Connection connection = dataSource.getConnection()) {
      return due.take(connection, takers);
    } catch (SQLException e) {
      throw new DatabaseException("leasing commands to " + takers.size() + " devices", e);
    }
  }

  @Override
  public List<Leased> dueForBlocks(DeviceId station, long sessionId) {
    try (Connection connection = dataSource.getConnection()) {
      return due.takeForBlocks(connection, station, sessionId);
    } catch (SQLException e) {
      throw new DatabaseException("leasing commands to blocks of " + station.value(), e);
    }
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
