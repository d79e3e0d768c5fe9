package org.kvantenergo.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** An empty database of its own, on one real PostgreSQL for all tests of the module. */
public final class Database {

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name;

  private Database(String name) {
    this.name = name;
  }

  public static Database create() throws SQLException {
    String name = "bare_" + NAMES.incrementAndGet();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return new Database(name);
  }

  public DataSource source() {
    return SERVER.getDatabase("postgres", name);
  }

  public Connection open() throws SQLException {
    return source().getConnection();
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(SERVER.getPort(), name);
  }

  /** The rows that a query gives, values as text and separated by blanks. */
  public List<String> rows(String sql) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("set timezone to 'UTC'");
      try (ResultSet row = statement.executeQuery(sql)) {
        int columns = row.getMetaData().getColumnCount();
        List<String> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(line(row, columns));
        }
        return rows;
      }
    }
  }

  private static String line(ResultSet row, int columns) {
    return IntStream.rangeClosed(1, columns)
        .mapToObj(
            column -> {
              try {
                return row.getString(column);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            })
        .collect(Collectors.joining(" "));
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
