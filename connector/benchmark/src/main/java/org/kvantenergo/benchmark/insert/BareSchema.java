package org.kvantenergo.benchmark.insert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The schema {@code bare}: tables like the server's, with devices in them. Made anew, and dropped
 * by {@link #close()}; what a killed run left is replaced.
 */
public final class BareSchema implements AutoCloseable {

  /** As the server's ArchivePartitions: the first year, and how many months after this one. */
  private static final int FIRST_YEAR = 2015;

  private static final int MONTHS_AHEAD = 3;

  private final Connections connections;

  private BareSchema(Connections connections) {
    this.connections = connections;
  }

  /**
   * Makes tables, partitions and devices.
   *
   * @param devices how many, ids from 1
   */
  public static BareSchema make(Connections connections, Clock clock, int devices)
      throws SQLException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      drop(statement);
      statement.execute("create schema bare");
      statement.execute(Sql.of("schema"));
      partitions(statement, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
      try (PreparedStatement fill =
          connection.prepareStatement("insert into bare.device select generate_series(1, ?)")) {
        fill.setInt(1, devices);
        fill.executeUpdate();
      }
      connection.commit();
    }
    return new BareSchema(connections);
  }

  /** Years up to the last but one, then months, and a catch-all at either end. */
  private static void partitions(Statement statement, LocalDate today) throws SQLException {
    LocalDate from = LocalDate.of(FIRST_YEAR, 1, 1);
    LocalDate months = LocalDate.of(today.getYear() - 1, 1, 1);
    LocalDate end = today.withDayOfMonth(1).plusMonths(MONTHS_AHEAD + 1);
    partition(statement, "before_" + FIRST_YEAR, "minvalue", quoted(from));
    while (from.isBefore(end)) {
      boolean year = from.isBefore(months);
      LocalDate to = year ? from.plusYears(1) : from.plusMonths(1);
      String name = year ? Integer.toString(from.getYear()) : "%tY_%<tm".formatted(from);
      partition(statement, name, quoted(from), quoted(to));
      from = to;
    }
    partition(statement, "after", quoted(end), "maxvalue");
  }

  private static void partition(Statement statement, String name, String from, String to)
      throws SQLException {
    statement.execute(
        "create table bare.reading_%s partition of bare.reading for values from (%s) to (%s)"
            .formatted(name, from, to));
  }

  private static String quoted(LocalDate day) {
    return "'" + day + "T00:00:00Z'";
  }

  /** Empties the archive, so that each measurement begins with the same. */
  public void clear() throws SQLException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate bare.reading");
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      drop(statement);
    }
  }

  private static void drop(Statement statement) throws SQLException {
    statement.execute("drop schema if exists bare cascade");
  }
}
