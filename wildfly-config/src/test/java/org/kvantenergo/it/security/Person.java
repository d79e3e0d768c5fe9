package org.kvantenergo.it.security;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/**
 * An account of a test's own, with one role whose permissions the test changes under it.
 *
 * @param kvant where
 * @param login its login
 * @param account its id
 * @param role its role's id
 */
record Person(KvantInstance kvant, String login, long account, long role) {

  /** The demo's, whose hash every account here has. */
  static final String PASSWORD = "kvant-demo-1";

  /** Makes one in an organisation; 0 = the one that runs the installation. */
  static Person in(KvantInstance kvant, String login, long organisation) throws SQLException {
    String at = organisation == 0 ? runs(kvant) : Long.toString(organisation);
    long role =
        id(
            kvant,
            "insert into role (organisation_id, name, without_second_password)"
                + " values (?::bigint, ?, true) returning id",
            at,
            login);
    long account =
        id(
            kvant,
            "insert into account (organisation_id, login, name, password_hash)"
                + " select ?::bigint, ?, ?, password_hash from account where login = 'dispatcher2'"
                + " returning id",
            at,
            login,
            "Проба " + login);
    id(
        kvant,
        "insert into account_role (account_id, role_id) values (?::bigint, ?::bigint)"
            + " returning role_id",
        Long.toString(account),
        Long.toString(role));
    return new Person(kvant, login, account, role);
  }

  private static String runs(KvantInstance kvant) throws SQLException {
    return value(kvant, "select id from organisation where runs_installation");
  }

  /** May this from the next request on, and nothing else. */
  void may(Collection<Permission> permissions) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement take =
            connection.prepareStatement("delete from role_permission where role_id = ?");
        PreparedStatement give =
            connection.prepareStatement("insert into role_permission values (?, ?)")) {
      connection.setAutoCommit(false);
      take.setLong(1, role);
      take.executeUpdate();
      for (Permission permission : permissions) {
        give.setLong(1, role);
        give.setString(2, permission.name());
        give.addBatch();
      }
      give.executeBatch();
      connection.commit();
    }
  }

  Visitor visitor() throws Exception {
    return Visitor.signedIn(kvant, login, PASSWORD);
  }

  /** What the audit says of it after a row: the actions, and the permissions that were missing. */
  List<String> audit(long after) throws SQLException {
    String sql =
        "select coalesce(string_agg(action || case when action = 'REFUSED' then ' ' || after"
            + " else '' end, ',' order by id), '') from audit"
            + " where id > ?::bigint and login = ?";
    String said = value(kvant, sql, Long.toString(after), login);
    return said.isEmpty() ? List.of() : List.of(said.split(",", -1));
  }

  /** The last row of the audit. */
  static long lastOfAudit(KvantInstance kvant) throws SQLException {
    return id(kvant, "select coalesce(max(id), 0) from audit");
  }

  static long id(KvantInstance kvant, String sql, String... values) throws SQLException {
    return Long.parseLong(value(kvant, sql, values));
  }

  /** The first column of the first row; an update commits. */
  static String value(KvantInstance kvant, String sql, String... values) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** Changes the database. */
  static int change(KvantInstance kvant, String sql, String... values) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
