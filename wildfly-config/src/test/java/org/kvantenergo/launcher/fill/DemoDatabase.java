package org.kvantenergo.launcher.fill;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.kvantenergo.boot.internal.Schema;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.reading.internal.SqlArchivePartitions;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL with databases as the server leaves them at its start. */
public final class DemoDatabase implements AutoCloseable {
  // A reference of our own keeps the level from being collected.
  private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

  private final EmbeddedDatabase postgres;
  private int made;

  /** Starts it. */
  public DemoDatabase(Path folder) {
    MIGRATIONS.setLevel(Level.WARNING);
    postgres = EmbeddedDatabase.start(folder);
  }

  /** A new database without anything in it. */
  DatabaseAddress empty() throws SQLException {
    String name = "kvant_" + ++made;
    String url = postgres.address().url().replaceFirst("kvant$", name);
    try (Connection connection =
            DriverManager.getConnection(postgres.address().url(), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + " owner kvant");
    }
    return new DatabaseAddress(url, "kvant", "");
  }

  /** With schema and partitions, as of a day. */
  DatabaseAddress migrated(Instant now) throws SQLException {
    DatabaseAddress address = empty();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address.url());
    source.setUser(address.user());
    new Schema(source).migrate();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      new SqlArchivePartitions(oneTransaction(connection), Clock.fixed(now, ZoneOffset.UTC))
          .ensureAhead();
      connection.commit();
    }
    return address;
  }

  /** With schema, reached by a role that no trigger stops. */
  public DatabaseAddress superuser(Instant now) throws SQLException {
    return new DatabaseAddress(migrated(now).url(), "postgres", "");
  }

  /** With the demo's organisation, too. */
  DatabaseAddress demo(Instant now) throws SQLException {
    DatabaseAddress address = migrated(now);
    execute(
        address,
        "insert into organisation (name, runs_installation) values ('НПП КП «КВАНТ»', true)");
    return address;
  }

  /** Runs statements and commits them. */
  public static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a query, each as text with a space between its columns. */
  static List<String> rows(DatabaseAddress address, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(row.getString(i));
        }
        rows.add(String.join(" ", cells));
      }
    }
    return rows;
  }

  static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  /** Stands in for the container: what is closed is committed by others. */
  private static DataSource oneTransaction(Connection connection) {
    Connection handle =
        proxy(
            Connection.class,
            (method, args) ->
                method.getName().equals("close") ? null : method.invoke(connection, args));
    return proxy(DataSource.class, (method, args) -> handle);
  }

  private interface Call {
    Object of(java.lang.reflect.Method method, Object[] args) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            DemoDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              try {
                return call.of(method, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public void close() {
    postgres.close();
  }
}
