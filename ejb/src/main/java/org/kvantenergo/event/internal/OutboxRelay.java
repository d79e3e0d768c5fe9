package org.kvantenergo.event.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.kvantenergo.shared.DatabaseException;

/**
 * The two steps of the relay, each a transaction that holds the one row of {@code event_relay}.
 * What a cursor stands for is committed before it is sent, so what is sent again is the same.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OutboxRelay {

  /** How long the log can be replayed. */
  static final Duration KEEP = Duration.ofDays(7);

  /** Most rows of the outbox that are merged at once. */
  static final int ROWS_A_STAGE = 1_000;

  /** Most messages that are sent under one lock. */
  static final int MESSAGES_A_STEP = 100;

  private static final String LOCK =
      "select installation, given, published from event_relay for update skip locked";

  private static final String TAKE =
      """
      delete from outbox where id in (select id from outbox order by id limit ?) returning id, kind, body::text
      """;

  private static final String LOG =
      "insert into event_log (cursor, logged_at, kind, body) values (?, ?, ?, ?::jsonb)";

  /** A hundred for each step that adds a few: the log does not grow for good. */
  private static final String PURGE =
      """
      delete from event_log where cursor in
      (select cursor from event_log where logged_at < ? and cursor <= ? order by logged_at limit 100)
      """;

  private static final String NEXT =
      """
      select cursor, logged_at, kind, body::text from event_log where cursor > ? order by cursor limit ?
      """;

  /** What a step did. */
  public enum Outcome {
    /** Something; there may be more. */
    SOME,
    /** There was nothing to do. */
    NOTHING,
    /** Another node, or another thread, is at it. */
    BUSY
  }

  private record Position(UUID installation, long given, long published) {}

  private final DataSource dataSource;
  private final EventSender sender;
  private final Clock clock;

  /** For the container's proxies. */
  public OutboxRelay() {
    this(null, null, null);
  }

  /** With the database, where to send, and the time that the log gets. */
  @Inject
  public OutboxRelay(DataSource dataSource, EventSender sender, Clock clock) {
    this.dataSource = dataSource;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * Moves what waits in the outbox to the log, merged, under the next cursors. Call it when all of
   * the log is published: while a broker is down, what waits in the outbox can still be merged.
   */
  public Outcome stage() {
    try (Connection connection = dataSource.getConnection()) {
      Position position = lock(connection);
      if (position == null) {
        return Outcome.BUSY;
      }
      List<OutboxRow> rows = OutboxRow.merge(take(connection));
      if (rows.isEmpty()) {
        return Outcome.NOTHING;
      }
      log(connection, position.given, rows);
      purge(connection, position.published);
      set(connection, "given", position.given + rows.size());
      return Outcome.SOME;
    } catch (SQLException e) {
      throw new DatabaseException("staging events", e);
    }
  }

  /**
   * Sends the next of the log.
   *
   * @throws BrokerException if the broker does not take it; it stays the next
   */
  public Outcome publish() {
    try (Connection connection = dataSource.getConnection()) {
      Position position = lock(connection);
      if (position == null) {
        return Outcome.BUSY;
      }
      List<LoggedEvent> events = next(connection, position.published);
      if (events.isEmpty()) {
        return Outcome.NOTHING;
      }
      sender.send(position.installation, events);
      set(connection, "published", events.get(events.size() - 1).cursor());
      return Outcome.SOME;
    } catch (SQLException e) {
      throw new DatabaseException("publishing events", e);
    }
  }

  private static Position lock(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(LOCK)) {
      return row.next()
          ? new Position(row.getObject(1, UUID.class), row.getLong(2), row.getLong(3))
          : null;
    }
  }

  private static List<OutboxRow> take(Connection connection) throws SQLException {
    record Taken(long id, OutboxRow row) {}
    List<Taken> taken = new ArrayList<>();
    try (PreparedStatement delete = connection.prepareStatement(TAKE)) {
      delete.setInt(1, ROWS_A_STAGE);
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          taken.add(new Taken(row.getLong(1), new OutboxRow(row.getString(2), row.getString(3))));
        }
      }
    }
    // A delete returns rows in any order.
    return taken.stream().sorted(Comparator.comparingLong(Taken::id)).map(Taken::row).toList();
  }

  private void log(Connection connection, long given, List<OutboxRow> rows) throws SQLException {
    OffsetDateTime now = utc(clock.instant());
    try (PreparedStatement insert = connection.prepareStatement(LOG)) {
      for (int i = 0; i < rows.size(); i++) {
        insert.setLong(1, given + 1 + i);
        insert.setObject(2, now);
        insert.setString(3, rows.get(i).kind());
        insert.setString(4, rows.get(i).body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void purge(Connection connection, long published) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(PURGE)) {
      delete.setObject(1, utc(clock.instant().minus(KEEP)));
      delete.setLong(2, published);
      delete.executeUpdate();
    }
  }

  private static List<LoggedEvent> next(Connection connection, long published) throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(NEXT)) {
      query.setLong(1, published);
      query.setInt(2, MESSAGES_A_STEP);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Instant at = row.getObject(2, OffsetDateTime.class).toInstant();
          events.add(new LoggedEvent(row.getLong(1), at, row.getString(3), row.getString(4)));
        }
      }
    }
    return events;
  }

  private static void set(Connection connection, String column, long value) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update event_relay set " + column + " = ?")) {
      update.setLong(1, value);
      update.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
