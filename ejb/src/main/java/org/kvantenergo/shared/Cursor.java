package org.kvantenergo.shared;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/**
 * Reads as many rows as there are without holding more than a few hundred of them. Count and rows
 * are of one moment: one snapshot, in a transaction of PostgreSQL that changes nothing and is none
 * of the container's, whose clock would end it while a slow reader takes its time. Safe for any
 * thread; must be called outside of a transaction.
 */
public final class Cursor {

  private static final int ROWS_AT_ONCE = 500;

  private final DataSource dataSource;

  /** On a datasource. */
  public Cursor(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A query with its values.
   *
   * @param sql with places
   * @param binding fills them
   */
  public record Query(String sql, Binding binding) {}

  /** Fills the places of a statement. */
  @FunctionalInterface
  public interface Binding {
    /** Fills them. */
    void bind(PreparedStatement statement) throws SQLException;
  }

  /**
   * Reads.
   *
   * @param doing what is being done, for the log
   * @param count gives one number: how many rows the other query gives
   * @throws IOException from who takes the rows
   * @throws DatabaseException when the database fails or was told to stop
   */
  public <T> void read(String doing, Query count, Query list, Sql.Mapper<T> mapper, Rows<T> rows)
      throws IOException {
    read(doing, count, rows, reading -> reading.all(list, mapper, rows));
  }

  /**
   * Reads a list that is sorted by its ids alone, which costs the database less than to sort whole
   * rows.
   *
   * @param ids gives ids in their order
   * @param details the rows of an array of ids, its one place, in the order of the array
   */
  public <T> void read(
      String doing, Query count, Query ids, String details, Sql.Mapper<T> mapper, Rows<T> rows)
      throws IOException {
    read(doing, count, rows, reading -> reading.byIds(ids, details, mapper, rows));
  }

  private interface Work {
    void with(Reading reading) throws SQLException, IOException;
  }

  private <T> void read(String doing, Query count, Rows<T> rows, Work work) throws IOException {
    AtomicReference<PGStatement> running = new AtomicReference<>();
    rows.begun(() -> stop(running.get()));
    try (Connection connection = dataSource.getConnection()) {
      int isolation = connection.getTransactionIsolation();
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try {
        Reading reading = new Reading(connection, running);
        rows.total(reading.count(count));
        work.with(reading);
      } finally {
        running.set(null);
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(isolation);
        connection.setReadOnly(false);
      }
    } catch (SQLException e) {
      throw new DatabaseException(doing, e);
    }
  }

  /**
   * A transaction under way.
   *
   * @param running what the database is doing for it
   */
  private record Reading(Connection connection, AtomicReference<PGStatement> running) {

    long count(Query query) throws SQLException {
      try (PreparedStatement statement = prepare(query);
          ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }

    <T> void all(Query query, Sql.Mapper<T> mapper, Rows<T> rows) throws SQLException, IOException {
      try (PreparedStatement statement = prepare(query);
          ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.row(mapper.of(row));
        }
      }
    }

    <T> void byIds(Query ids, String details, Sql.Mapper<T> mapper, Rows<T> rows)
        throws SQLException, IOException {
      try (PreparedStatement statement = prepare(ids);
          PreparedStatement some = connection.prepareStatement(details);
          ResultSet id = statement.executeQuery()) {
        running.set(some.unwrap(PGStatement.class));
        long[] next = new long[ROWS_AT_ONCE];
        int kept = 0;
        while (id.next()) {
          next[kept++] = id.getLong(1);
          if (kept == next.length) {
            details(some, next, mapper, rows);
            kept = 0;
          }
        }
        details(some, Arrays.copyOf(next, kept), mapper, rows);
      }
    }

    private <T> void details(PreparedStatement some, long[] ids, Sql.Mapper<T> mapper, Rows<T> rows)
        throws SQLException, IOException {
      some.setObject(1, ids);
      try (ResultSet row = some.executeQuery()) {
        while (row.next()) {
          rows.row(mapper.of(row));
        }
      }
    }

    private PreparedStatement prepare(Query query) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(query.sql());
      try {
        query.binding().bind(statement);
        statement.setFetchSize(ROWS_AT_ONCE);
        running.set(statement.unwrap(PGStatement.class));
        return statement;
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
    }
  }

  // The driver's own statement: the pool's would wait for the thread that it is to interrupt.
  private static void stop(PGStatement statement) {
    try {
      if (statement instanceof Statement driver) {
        driver.cancel();
      }
    } catch (SQLException e) {
      throw new DatabaseException("stopping a cursor", e);
    }
  }
}
