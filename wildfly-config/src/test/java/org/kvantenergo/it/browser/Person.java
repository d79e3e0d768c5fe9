package org.kvantenergo.it.browser;

import com.microsoft.playwright.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/**
 * Somebody of the organisation that runs the demo, with the dispatcher's password and a role of
 * their own.
 *
 * @param kvant where
 * @param login login, name, and name of the role
 */
record Person(KvantInstance kvant, String login) {

  static final String PASSWORD = "kvant-demo-1";

  static Person make(KvantInstance kvant, String login, Permission... permissions)
      throws SQLException {
    Person person = new Person(kvant, login);
    person.run("delete from account where login = ?", login);
    person.run("delete from role where name = ?", login);
    person.run(
        "insert into role (organisation_id, name)"
            + " select id, ? from organisation where runs_installation",
        login);
    for (Permission permission : permissions) {
      person.run(
          "insert into role_permission select id, ? from role where name = ?",
          permission.name(),
          login);
    }
    person.run(
        "insert into account (organisation_id, login, name, password_hash)"
            + " select o.id, ?, ?, d.password_hash from organisation o, account d"
            + " where o.runs_installation and d.login = 'dispatcher2'",
        login,
        login);
    person.run(
        "insert into account_role select a.id, r.id from account a join role r on r.name = a.login"
            + " where a.login = ?",
        login);
    return person;
  }

  /** Changes the own role. */
  void role(String set) throws SQLException {
    run("update role set " + set + " where name = ?", login);
  }

  /** Signs in as far as the password goes. */
  void enter(Page page) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", PASSWORD);
    page.press("#password", "Enter");
    page.waitForURL(url -> !url.endsWith("/login.xhtml"));
  }

  int run(String sql, String... values) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** What the audit says of the person, in its order. */
  List<String> audit() throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(string_agg(action, ' ' order by id), '') from audit"
                    + " where login = '"
                    + login
                    + "'")) {
      row.next();
      return List.of(row.getString(1).split(" "));
    }
  }
}
