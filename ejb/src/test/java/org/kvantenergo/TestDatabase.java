package org.kvantenergo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A database of its own with the real schema, on one real PostgreSQL for all tests of the module.
 * Stands in for the container's transactions: inside {@link #inTransaction} every connection of
 * {@link #dataSource} that the thread asks for is the same, and is committed or rolled back at the
 * end, as with the server's datasource; outside each is new and commits by itself.
 */
public final class TestDatabase {

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String TEMPLATE = "kvant_template";

  static {
    onServer("create database " + TEMPLATE);
    Flyway.configure().dataSource(SERVER.getDatabase("postgres", TEMPLATE)).load().migrate();
  }

  private final DataSource plain;

  // Per database and thread: a transaction of one database is none of another.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  private TestDatabase(DataSource plain) {
    this.plain = plain;
  }

  /** Makes a database with the schema. */
  public static TestDatabase create() {
    String name = "kvant_" + NAMES.incrementAndGet();
    // The migrations run once: a copy of what they made takes a fraction of their time.
    onServer("create database " + name + " template " + TEMPLATE);
    return new TestDatabase(SERVER.getDatabase("postgres", name));
  }

  private static void onServer(String statement) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement some = connection.createStatement()) {
      some.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the tested code is given as the server's datasource. */
  public DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
              }
              Connection connection = current.get();
              return connection == null ? plain.getConnection() : handle(connection);
            });
  }

  /** A datasource that knows nothing of {@link #inTransaction}. */
  public DataSource plain() {
    return plain;
  }

  /** Runs in a transaction; commits, or rolls back if it throws. */
  public <T> T inTransaction(Callable<T> work) throws Exception {
    try (Connection connection = plain.getConnection()) {
      connection.setAutoCommit(false);
      current.set(connection);
      try {
        T result = work.call();
        connection.commit();
        return result;
      } catch (Exception e) {
        connection.rollback();
        throw e;
      } finally {
        current.remove();
      }
    }
  }

  /** Runs a statement and commits it. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = plain.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query gives, as text. */
  public String value(String sql) throws SQLException {
    try (Connection connection = plain.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new AssertionError("no row: " + sql);
      }
      return row.getString(1);
    }
  }

  /** Returns when somebody waits for a lock. */
  public void awaitWaiting() throws SQLException {
    String waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and datname = current_database()";
    while (value(waiting).equals("0")) {
      Thread.onSpinWait();
    }
  }

  /** The same connection, but closing it is the transaction's business. */
  private static Connection handle(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
