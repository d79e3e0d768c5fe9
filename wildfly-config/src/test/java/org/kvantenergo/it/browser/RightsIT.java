package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** Who may open and do what, on the real pages. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class RightsIT {

  /** A page, and what opens it and its action. */
  private static final Map<String, Permission> ACTIONS =
      Map.of(
          "users.xhtml", Permission.MANAGE_USERS,
          "roles.xhtml", Permission.MANAGE_ROLES,
          "organisations.xhtml", Permission.MANAGE_ORGANISATIONS);

  @Test
  void anActionAsksAgain(Page page, KvantInstance kvant) throws SQLException {
    long role = person(kvant, "actor");
    enter(page, kvant, "actor", "kvant-demo-1");
    for (Map.Entry<String, Permission> action : ACTIONS.entrySet()) {
      allow(kvant, role, action.getValue());
      page.navigate(kvant.url() + "/" + action.getKey());
      page.fill("#name", "Проба");
      allow(kvant, role, Permission.EDIT_DICTIONARIES);
      page.click("#save");
      assertThat(page.locator("h1")).hasText("Нет доступа");
    }
  }

  @Test
  void anOrganisationGetsAnOwnRoleAndAModule(Page page, KvantInstance kvant) throws SQLException {
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/organisations.xhtml");
    assertThat(page).hasTitle("Организации — Квант-Энерго");
    page.fill("#name", "УК Юг");
    page.click("#save");
    assertThat(page.locator("#note")).hasText("Готово.");
    assertThat(page.locator("#organisations")).containsText("УК Юг");
    page.click("#save");
    assertThat(page.locator("#note")).containsText("уже есть организация");

    page.navigate(kvant.url() + "/roles.xhtml");
    page.locator("#roles a", new Page.LocatorOptions().setHasText("Наблюдатель")).click();
    assertThat(page.locator("#save")).hasCount(0);
    page.click("#copy");
    page.fill("#name", "Сторож");
    page.selectOption(
        "#organisation", new com.microsoft.playwright.options.SelectOption().setLabel("УК Юг"));
    page.click("#save");
    assertThat(page.locator("#note")).hasText("Готово.");
    assertThat(page.locator("#roles tr", new Page.LocatorOptions().setHasText("Сторож")))
        .containsText("УК Юг");

    String serial =
        value(kvant, "select serial from device where state = 'REGISTERED' order by id limit 1");
    page.navigate(kvant.url() + "/organisations.xhtml");
    page.click("#to-transfer");
    page.fill("#numbers", serial + " 999999999999999");
    page.click("#search");
    assertThat(page.locator("#devices tbody tr")).hasCount(1);
    assertThat(page.locator("#missing")).containsText("999999999999999");
    page.fill("#since", "2099-01-01T00:00:01");
    page.click("#go");
    assertThat(page.locator("#note")).containsText("ещё не наступило");
    page.fill("#since", "");
    page.selectOption("#to", new com.microsoft.playwright.options.SelectOption().setLabel("УК Юг"));
    page.click("#go");
    assertThat(page.locator("#note")).hasText("Передано: 1");
    assertThat(page.locator("#devices tbody tr")).containsText("УК Юг");
    page.locator("#devices a").click();
    assertThat(page.locator("#history tbody tr")).hasCount(2);
    assertThat(page.locator("#history tbody tr").first()).containsText("УК Юг");
    assertThat(
            value(
                kvant,
                "select o.name from device d join organisation o on o.id = d.organisation_id where d.serial = "
                    + serial))
        .isEqualTo("УК Юг");
    page.navigate(kvant.url() + "/audit.xhtml");
    assertThat(page.locator("#audit tbody tr").first()).containsText("count");
  }

  /** An account with the demo's password and one role of its own, which is returned. */
  private static long person(KvantInstance kvant, String login) throws SQLException {
    String sql =
        """
        with r as (
          insert into role (organisation_id, name)
          select id, '%1$s' from organisation where runs_installation returning id, organisation_id),
        a as (
          insert into account (organisation_id, login, name, password_hash)
          select r.organisation_id, '%1$s', '%1$s', d.password_hash from r, account d
          where d.login = 'dispatcher2' returning id),
        h as (insert into account_role select a.id, r.id from a, r)
        select id from r
        """
            .formatted(login);
    return Long.parseLong(value(kvant, sql));
  }

  private static void allow(KvantInstance kvant, long role, Permission... permissions)
      throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement take =
            connection.prepareStatement("delete from role_permission where role_id = ?");
        PreparedStatement give =
            connection.prepareStatement("insert into role_permission values (?, ?)")) {
      take.setLong(1, role);
      take.executeUpdate();
      for (Permission permission : permissions) {
        give.setLong(1, role);
        give.setString(2, permission.name());
        give.executeUpdate();
      }
    }
  }

  private static String value(KvantInstance kvant, String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void enter(Page page, KvantInstance kvant, String login, String password) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", password);
    page.press("#password", "Enter");
    page.waitForLoadState();
  }
}
