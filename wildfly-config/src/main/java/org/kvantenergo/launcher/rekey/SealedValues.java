package org.kvantenergo.launcher.rekey;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.LaunchMessage;

/** All that is sealed in a database, in one transaction: it is under one key or the other. */
final class SealedValues implements AutoCloseable {

  private static final int BATCH = 1000;

  private static final String SERVERS =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and application_name = 'kvant'
      """;

  private static final String COLUMNS =
      """
      select quote_ident(table_name), quote_ident(column_name), context from sealed_column
      where to_regclass(quote_ident(table_name)) is not null order by 1, 2
      """;

  private record Column(String table, String name, String context) {}

  private final DatabaseAddress address;
  private final Connection connection;

  private SealedValues(DatabaseAddress address, Connection connection) {
    this.address = address;
    this.connection = connection;
  }

  static SealedValues in(DatabaseAddress address) throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.url(), address.user(), address.password());
    connection.setAutoCommit(false);
    return new SealedValues(address, connection);
  }

  /** What names the key in use; from here on until the end no server can start on the database. */
  byte[] lockedName() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(SERVERS)) {
        row.next();
        if (row.getLong(1) > 0) {
          throw LaunchMessage.REKEY_SERVERS.exception(address.url(), row.getLong(1));
        }
      }
      statement.execute("lock table master_key in access exclusive mode");
      try (ResultSet row = statement.executeQuery("select name from master_key")) {
        return row.next() ? row.getBytes(1) : new byte[0];
      }
    }
  }

  /**
   * Opens and seals everything, and commits.
   *
   * @return how many values
   */
  long change(Key old, Key fresh) throws SQLException {
    // First: the database takes no value that is under another key than the one it names.
    try (PreparedStatement name = connection.prepareStatement("update master_key set name = ?")) {
      name.setBytes(1, fresh.name());
      name.executeUpdate();
    }
    long values = 0;
    for (Column column : columns()) {
      values += change(column, old, fresh);
    }
    connection.commit();
    return values;
  }

  private List<Column> columns() throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COLUMNS)) {
      while (row.next()) {
        columns.add(new Column(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return columns;
  }

  private long change(Column column, Key old, Key fresh) throws SQLException {
    String rows =
        "select ctid::text, %2$s, %3$s, row_number() over () from %1$s where length(%2$s) > 0"
            .formatted(column.table(), column.name(), column.context());
    String set =
        "update %1$s set %2$s = ? where ctid = ?::tid".formatted(column.table(), column.name());
    long values = 0;
    try (Statement statement = connection.createStatement();
        PreparedStatement update = connection.prepareStatement(set)) {
      statement.execute("lock table " + column.table() + " in share row exclusive mode");
      statement.setFetchSize(BATCH);
      try (ResultSet row = statement.executeQuery(rows)) {
        while (row.next()) {
          update.setBytes(1, changed(column, row.getBytes(2), row.getString(3), old, fresh));
          update.setString(2, row.getString(1));
          update.addBatch();
          values++;
          if (values % BATCH == 0) {
            update.executeBatch();
          }
        }
      }
      update.executeBatch();
    }
    return values;
  }

  private static byte[] changed(Column column, byte[] value, String context, Key old, Key fresh) {
    try {
      return fresh.seal(old.open(value, context), context);
    } catch (GeneralSecurityException e) {
      throw LaunchMessage.REKEY_UNREADABLE.exception(
          column.table(), column.name(), context, e.getMessage());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
