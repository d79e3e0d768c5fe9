package org.kvantenergo.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Looks at a database before the server does, because it can say plainly what is wrong. */
public final class DatabaseCheck {
  /** The oldest major version the schema's SQL runs on. */
  static final int OLDEST_VERSION = 15;

  private static final List<String> DURABILITY =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private DatabaseCheck() {}

  /** A connection; the caller closes it. */
  public static Connection connect(DatabaseAddress address) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", "30");
    return DriverManager.getConnection(address.url(), properties);
  }

  /** Throws a numbered refusal when the application could not work there. */
  static void requireUsable(DatabaseAddress address) {
    try (Connection connection = connect(address)) {
      int version = Integer.parseInt(show(connection, "server_version_num")) / 10_000;
      if (version < OLDEST_VERSION) {
        throw LaunchMessage.DATABASE_TOO_OLD.exception(address.url(), version, OLDEST_VERSION);
      }
      if (!may(connection, "has_schema_privilege(current_schema(), 'CREATE')")) {
        throw LaunchMessage.DATABASE_NO_RIGHTS.exception(address.user(), address.url());
      }
    } catch (SQLException e) {
      throw refusal(address, e);
    }
  }

  /** The first setting by which an acknowledged record could be lost in a power failure. */
  static Optional<String> notDurable(DatabaseAddress address) {
    try (Connection connection = connect(address)) {
      for (String setting : DURABILITY) {
        String value = show(connection, setting);
        if (value.equals("off")) {
          return Optional.of(
              LaunchMessage.DATABASE_NOT_DURABLE.line(address.url(), setting, value));
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      throw refusal(address, e);
    }
  }

  /** Whether somebody could sign in: false for a database that has not been set up yet. */
  static boolean hasAccounts(DatabaseAddress address) {
    try (Connection connection = connect(address)) {
      return may(connection, "coalesce(to_regclass('account') is not null, false)")
          && may(connection, "exists (select from account)");
    } catch (SQLException e) {
      throw refusal(address, e);
    }
  }

  static LaunchException refusal(DatabaseAddress address, SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String words = oneLine(e);
    if (state.startsWith("28")) {
      return LaunchMessage.DATABASE_REFUSED.exception(address.url(), address.user(), words);
    }
    if (state.equals("3D000")) {
      return LaunchMessage.DATABASE_MISSING.exception(address.url(), words);
    }
    return LaunchMessage.DATABASE_SILENT.exception(address.url(), words);
  }

  /** An error's own words, on one line and without the driver's advice after the first sentence. */
  static String oneLine(Throwable e) {
    String words = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    return words.lines().findFirst().orElse("").replaceFirst("^FATAL: ", "");
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static boolean may(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + question)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }
}
