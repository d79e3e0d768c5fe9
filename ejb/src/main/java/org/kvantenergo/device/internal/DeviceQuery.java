package org.kvantenergo.device.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Sql;

/**
 * Statements for people over devices: each is cancelled when it takes longer than anybody waits for
 * it, so that they cannot pile up.
 */
final class DeviceQuery {

  /** What people still wait for, s. */
  private static final int PATIENCE = 10;

  private final DataSource dataSource;

  DeviceQuery(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns what the rows say. */
  <T> List<T> list(String doing, Sql.Mapper<T> mapper, String sql, List<Object> values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(PATIENCE);
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

  /** Fills the places. */
  static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
