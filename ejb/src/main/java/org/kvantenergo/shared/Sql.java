package org.kvantenergo.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Short statements with their values, for what people ask: not the way of the packets, which binds
 * columns itself. Each joins the transaction that is there, and throws {@link DatabaseException}.
 * Safe for any thread.
 */
public final class Sql {

  /** From a row to a value. */
  @FunctionalInterface
  public interface Mapper<T> {
    /** The value of a row. */
    T of(ResultSet row) throws SQLException;
  }

  private final DataSource dataSource;

  /** On a datasource. */
  public Sql(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Changes rows.
   *
   * @param doing what is being done, for the log
   * @param values in the order of the question marks; moments, typed ids and arrays as they are
   * @return how many rows were changed
   */
  public int update(String doing, String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException(doing, e);
    }
  }

  /** Returns what the rows say. */
  public <T> List<T> list(String doing, Mapper<T> mapper, String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(mapper.of(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new DatabaseException(doing, e);
    }
  }

  /** Returns what the first row says, if it says anything; empty if there is none. */
  public <T> Optional<T> first(String doing, Mapper<T> mapper, String sql, Object... values) {
    return list(doing, mapper, sql, values).stream().findFirst();
  }

  /** Whether there is a row. */
  public boolean any(String doing, String sql, Object... values) {
    return !list(doing, row -> true, sql, values).isEmpty();
  }

  /** A moment; null if there is none. */
  public static Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, plain(values[i]));
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Instant at) {
      return at.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof OrganisationId organisation) {
      return organisation.value();
    }
    return value instanceof GroupId group ? (Object) group.value() : value;
  }
}
