package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** The second password of «Технологический режим», from the first time to idle time and locks. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class TechnologicalModeIT {

  private static final Pattern DOOR = Pattern.compile(".*/technological\\.xhtml");
  private static final String SECOND = "вентиль-осень-рельсы";

  private KvantInstance kvant;
  private Page page;

  @BeforeEach
  void open(KvantInstance instance, Page own) {
    kvant = instance;
    page = own;
  }

  @Test
  void theModeOpensByTheSecondPasswordAndShutsByItself() throws SQLException {
    Person person = person("rezhim");
    person.enter(page);
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page).hasURL(DOOR);
    assertThat(page).hasTitle("Технологический режим — Квант-Энерго");
    assertThat(page.locator("#gate")).containsText("Второго пароля у вас ещё нет.");
    page.click("#set");
    choose("", Person.PASSWORD);
    assertThat(page.locator("#second-note"))
        .hasText("Второй пароль должен отличаться от пароля для входа.");
    choose("", SECOND);
    assertThat(page.locator("#second-note")).containsText("Второй пароль задан.");

    // Where one was going opens afterwards, and by keyboard alone.
    page.navigate(kvant.url() + "/setaside.xhtml?by=keyboard");
    assertThat(page).hasURL(DOOR);
    assertThat(page.locator("#mode-password")).isFocused();
    page.keyboard().type("wrong");
    page.keyboard().press("Enter");
    assertThat(page.locator("#note"))
        .hasText(
            "Второй пароль не подошёл. Осталось попыток: 4, затем режим закроется на 15 минут.");
    page.focus("#mode-password");
    page.keyboard().type(SECOND);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(kvant.url() + "/setaside.xhtml?by=keyboard");
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page.locator("#user")).hasText("rezhim");

    // Idle time has passed: the page goes by itself.
    assertThat(page.locator("#live.on")).isVisible();
    idle(person);
    assertThat(page).hasURL(DOOR);
    enter(SECOND);
    assertThat(page).hasURL(Pattern.compile(".*/monitoring\\.xhtml(\\?.*)?"));
    // A page that is not one of the mode asks for nothing.
    page.navigate(kvant.url() + "/meters.xhtml");
    idle(person);
    page.reload();
    assertThat(page).hasTitle("Счётчики — Квант-Энерго");

    page.navigate(kvant.url() + "/technological.xhtml");
    enter(SECOND);
    page.navigate(kvant.url() + "/technological.xhtml");
    assertThat(page.locator("#gate")).containsText("Режим открыт.");
    page.click("#leave");
    assertThat(page.locator("#mode-password")).isVisible();
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page).hasURL(DOOR);
    assertThat(page.request().get(kvant.url() + "/series?device=1").url()).matches(DOOR);
    assertThat(person.audit())
        .containsExactly(
            "SIGNED_IN",
            "SECOND_PASSWORD_SET",
            "SECOND_PASSWORD_FAILED",
            "TECHNOLOGICAL_MODE_ENTERED",
            "TECHNOLOGICAL_MODE_ENTERED",
            "TECHNOLOGICAL_MODE_ENTERED",
            "TECHNOLOGICAL_MODE_LEFT");
  }

  @Test
  void fiveFailuresCloseTheModeAndNothingElse() throws SQLException {
    Person person = person("zapor");
    person.enter(page);
    page.click("#set");
    choose("", SECOND);
    page.navigate(kvant.url() + "/technological.xhtml");
    for (int left = 4; left >= 1; left--) {
      enter("wrong");
      assertThat(page.locator("#note")).containsText("Осталось попыток: " + left);
    }
    enter("wrong");
    assertThat(page.locator("#note"))
        .containsText("Слишком много неудачных попыток. Режим откроется ");
    assertThat(page.locator("#mode-password")).hasCount(0);
    page.click("#look-again");
    assertThat(page.locator("#mode-password")).hasCount(0);
    page.navigate(kvant.url() + "/meters.xhtml");
    assertThat(page).hasTitle("Счётчики — Квант-Энерго");
    person.run("delete from sign_in_failure");
    page.navigate(kvant.url() + "/technological.xhtml");
    enter(SECOND);
    assertThat(page).hasURL(Pattern.compile(".*/(monitoring\\.xhtml)?"));
  }

  @Test
  void aRoleMayAskForNone() throws SQLException {
    Person person = person("vhod");
    person.role("without_second_password = true");
    person.enter(page);
    assertThat(page).hasURL(kvant.url() + "/");
    page.navigate(kvant.url() + "/technological.xhtml");
    assertThat(page.locator("#gate")).containsText("ваша роль не спрашивает второй пароль");
    person.role("without_second_password = false");
    page.click("#go");
    assertThat(page).hasURL(DOOR);
  }

  @Test
  void whoHasNotGivenItWaivesItForNobody() throws SQLException {
    Person person =
        Person.make(
            kvant,
            "poblazhka",
            Permission.READ_DEVICES,
            Permission.TECHNOLOGICAL_MODE,
            Permission.MANAGE_ROLES);
    person.enter(page);
    page.click("#set");
    choose("", SECOND);
    waive();
    assertThat(page.locator("#note"))
        .hasText(
            "Не спрашивать второй пароль разрешает тот, кто сам его ввёл: откройте технологический"
                + " режим и повторите.");
    page.navigate(kvant.url() + "/technological.xhtml");
    enter(SECOND);
    waive();
    assertThat(page.locator("#note")).hasText("Готово.");
  }

  private void waive() {
    page.navigate(kvant.url() + "/roles.xhtml");
    page.locator("#roles a", new Page.LocatorOptions().setHasText("poblazhka")).click();
    page.check("#without-second");
    page.click("#ask");
    page.waitForLoadState();
  }

  @Test
  void whoHasNoRightToTheModeIsRefusedAtItsDoor() throws SQLException {
    Person person = Person.make(kvant, "zritel", Permission.READ_DEVICES);
    person.enter(page);
    assertThat(page).hasURL(kvant.url() + "/");
    assertThat(page.request().get(kvant.url() + "/technological.xhtml").status()).isEqualTo(403);
    page.navigate(kvant.url() + "/password.xhtml");
    assertThat(page.locator("#second")).hasCount(0);
  }

  private Person person(String login) throws SQLException {
    return Person.make(kvant, login, Permission.READ_DEVICES, Permission.TECHNOLOGICAL_MODE);
  }

  private static void idle(Person person) throws SQLException {
    person.run(
        "update account_session s set mode_until = now() from account a"
            + " where a.id = s.account_id and a.login = ?",
        person.login());
  }

  private void enter(String password) {
    page.fill("#mode-password", password);
    page.click("#enter");
    page.waitForLoadState();
  }

  private void choose(String current, String fresh) {
    page.fill("#second-sign-in", Person.PASSWORD);
    if (!current.isEmpty()) {
      page.fill("#second-current", current);
    }
    page.fill("#second-fresh", fresh);
    page.fill("#second-again", fresh);
    page.click("#second-save");
    page.waitForLoadState();
  }
}
