package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** Second factors: switched on, signed in with, lost, demanded and taken away. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class FactorsIT {

  private static final Pattern LOGIN = Pattern.compile(".*/login\\.xhtml");
  private static final Pattern CODE = Pattern.compile(".*/code\\.xhtml");
  private static final Pattern ACCESS = Pattern.compile(".*/password\\.xhtml");

  private KvantInstance kvant;
  private Page page;

  @BeforeEach
  void open(KvantInstance instance, Page own) {
    kvant = instance;
    page = own;
  }

  @AfterEach
  void forgetFailures() throws SQLException {
    new Person(kvant, "nobody").run("delete from sign_in_failure");
  }

  @Test
  void whoSwitchedItOnSignsInWithACode() throws SQLException {
    Person person = Person.make(kvant, "faktor", Permission.READ_DEVICES);
    person.enter(page);
    page.navigate(kvant.url() + "/password.xhtml");
    page.fill("#offer-password", "wrong");
    page.click("#offer");
    assertThat(page.locator("#factor-note")).hasText("Пароль не подошёл.");
    offer();
    person.run("update second_factor set offered_at = offered_at - interval '10 minutes'");
    page.fill("#first-code", "000000");
    page.click("#confirm");
    assertThat(page.locator("#factor-note"))
        .hasText(
            "Прошло больше 10 минут, картинка и ключ больше не действуют. Подключите приложение заново.");
    assertThat(page.locator("#qr")).hasCount(0);
    Authenticator phone = offer();
    assertThat(page.locator("#qr path"))
        .hasAttribute("d", Pattern.compile("(M\\d+ \\d+h1v1h-1z)+"));
    page.fill("#first-code", phone.wrong());
    page.click("#confirm");
    assertThat(page.locator("#factor-note")).containsText("Код не подошёл");
    assertThat(page.locator("#qr")).isVisible();
    page.fill("#first-code", phone.code());
    page.click("#confirm");
    assertThat(page.locator("#factor-note"))
        .hasText("Второй фактор включён, остальные сеансы завершены.");
    List<String> recovery = page.locator("#recovery li").allTextContents();
    assertThat(recovery).hasSize(10).doesNotHaveDuplicates();

    signOut();
    person.enter(page);
    assertThat(page).hasURL(CODE);
    assertThat(page).hasTitle("Второй фактор — Квант-Энерго");
    assertThat(page.locator("#code")).isFocused();
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page).hasURL(LOGIN);
    page.navigate(kvant.url() + "/code.xhtml");
    code(phone.wrong());
    assertThat(page.locator("#note"))
        .hasText(
            "Код не подошёл или уже использован. Осталось 4 попытки, затем вход закроется на 15 минут.");
    String used = phone.code();
    code(used);
    assertThat(page).hasURL(kvant.url() + "/");
    assertThat(page.locator("#user")).hasText("faktor");

    signOut();
    person.enter(page);
    code(used);
    assertThat(page.locator("#note")).containsText("уже использован");
    code(recovery.get(0));
    assertThat(page).hasURL(kvant.url() + "/");
    signOut();
    person.enter(page);
    code(recovery.get(0));
    assertThat(page.locator("#note")).containsText("уже использован");
    code(recovery.get(1));
    assertThat(page).hasURL(kvant.url() + "/");
    page.navigate(kvant.url() + "/password.xhtml");
    assertThat(page.locator("#factor")).containsText("Резервных кодов осталось: 8.");
    page.fill("#factor-password", Person.PASSWORD);
    page.fill("#factor-code", recovery.get(2));
    page.click("#renew");
    assertThat(page.locator("#recovery li")).hasCount(10);
    page.fill("#factor-password", "wrong");
    page.fill("#factor-code", recovery.get(3));
    page.click("#off");
    assertThat(page.locator("#factor-note")).hasText("Пароль не подошёл.");
    page.fill("#factor-password", Person.PASSWORD);
    page.fill("#factor-code", recovery.get(3));
    page.click("#off");
    assertThat(page.locator("#factor-note")).containsText("Код не подошёл");
    person.run(
        "update second_factor f set last_step = 0 from account a where a.id = f.account_id and a.login = ?",
        "faktor");
    page.fill("#factor-password", Person.PASSWORD);
    page.fill("#factor-code", new Authenticator(phone.secret()).code());
    page.click("#off");
    assertThat(page.locator("#factor-note")).hasText("Второй фактор выключен.");
    signOut();
    person.enter(page);
    assertThat(page).hasURL(kvant.url() + "/");
    assertThat(person.audit())
        .containsExactly(
            "SIGNED_IN",
            "SIGN_IN_FAILED",
            "SECOND_FACTOR_FAILED",
            "SECOND_FACTOR_ON",
            "SIGNED_OUT",
            "SECOND_FACTOR_FAILED",
            "SIGNED_IN",
            "SIGNED_OUT",
            "SECOND_FACTOR_FAILED",
            "RECOVERY_CODE_USED",
            "SIGNED_IN",
            "SIGNED_OUT",
            "SECOND_FACTOR_FAILED",
            "RECOVERY_CODE_USED",
            "SIGNED_IN",
            "RECOVERY_CODE_USED",
            "RECOVERY_CODES_MADE",
            "SIGN_IN_FAILED",
            "SECOND_FACTOR_FAILED",
            "SECOND_FACTOR_OFF",
            "SIGNED_OUT",
            "SIGNED_IN");
  }

  @Test
  void wrongCodesCloseTheSignIn() throws SQLException {
    Person person = Person.make(kvant, "zamok", Permission.READ_DEVICES);
    person.enter(page);
    Authenticator phone = on();
    signOut();
    person.enter(page);
    for (int left = 4; left >= 1; left--) {
      code(phone.wrong());
      assertThat(page.locator("#note")).containsText("Код не подошёл");
    }
    code(phone.wrong());
    assertThat(page.locator("#note"))
        .hasText("Слишком много неудачных попыток. Вход откроется через 15 мин.");
    code(phone.code());
    assertThat(page.locator("#note"))
        .hasText("Слишком много неудачных попыток. Вход откроется через 15 мин.");
    page.click("#back");
    assertThat(page).hasURL(LOGIN);
    page.fill("#login", "zamok");
    page.fill("#password", Person.PASSWORD);
    page.click("#enter");
    assertThat(page.locator("#note"))
        .hasText("Слишком много неудачных попыток. Вход откроется через 15 мин.");
  }

  @Test
  void aTicketThatIsTooOldLeadsBackToThePassword() throws SQLException {
    Person person = Person.make(kvant, "dolgo", Permission.READ_DEVICES);
    person.enter(page);
    Authenticator phone = on();
    signOut();
    person.enter(page);
    person.run("update sign_in_half set until = now()");
    code(phone.code());
    assertThat(page).hasURL(LOGIN);
    assertThat(page.locator("#note")).hasText("Код не введён за 5 минут. Начните снова с пароля.");
    page.navigate(kvant.url() + "/code.xhtml");
    assertThat(page).hasURL(LOGIN);
  }

  @Test
  void aRoleThatDemandsItLeadsToIt() throws SQLException {
    Person person = Person.make(kvant, "dolg", Permission.READ_DEVICES);
    person.role("demands_second_factor = true");
    person.enter(page);
    assertThat(page).hasURL(ACCESS);
    assertThat(page.locator("#factor")).containsText("Ваша роль требует второй фактор.");
    assertThat(page.locator("#change, #settings, #second")).hasCount(0);
    page.navigate(kvant.url() + "/meters.xhtml");
    assertThat(page).hasURL(ACCESS);
    // By keyboard alone.
    page.focus("#offer-password");
    page.keyboard().type(Person.PASSWORD);
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    Authenticator phone = new Authenticator(page.locator("#secret").textContent());
    page.focus("#first-code");
    page.keyboard().type(phone.code());
    page.keyboard().press("Enter");
    assertThat(page.locator("#recovery li")).hasCount(10);
    page.navigate(kvant.url() + "/meters.xhtml");
    assertThat(page).hasTitle("Счётчики — Квант-Энерго");
  }

  @Test
  void anAdministratorDemandsItAndTakesItAway() throws SQLException {
    Person person = Person.make(kvant, "poterya", Permission.READ_DEVICES);
    person.enter(page);
    on();
    try (BrowserContext elsewhere = page.context().browser().newContext()) {
      Page admin = elsewhere.newPage();
      admin.navigate(kvant.url() + "/login.xhtml");
      admin.fill("#login", "admin");
      admin.fill("#password", "kvant-demo-admin-1");
      admin.press("#password", "Enter");
      admin.waitForURL(kvant.url() + "/");
      admin.navigate(kvant.url() + "/users.xhtml");
      admin.locator("#users a", new Page.LocatorOptions().setHasText("poterya")).click();
      assertThat(admin.locator("#users tr.sl")).containsText("второй фактор");
      assertThat(admin.locator("#signed-in")).containsText("20");
      assertThat(admin.locator("#has-factor")).containsText("включён");
      assertThat(admin.locator("#sessions li")).hasCount(1);
      admin.click("#reset-factor");
      assertThat(admin.locator("#note")).hasText("Готово.");
      assertThat(admin.locator("#has-factor")).containsText("не включён");
      assertThat(admin.locator("#sessions li")).hasCount(0);
      page.navigate(kvant.url() + "/");
      assertThat(page).hasURL(LOGIN);
      person.enter(page);
      assertThat(page).hasURL(kvant.url() + "/");
      assertThat(page.locator("#live.on")).isVisible();
      admin.locator("#users a", new Page.LocatorOptions().setHasText("poterya")).click();
      admin.locator("#sessions a").click();
      assertThat(admin.locator("#sessions li")).hasCount(0);
      assertThat(page).hasURL(LOGIN);

      admin.navigate(kvant.url() + "/roles.xhtml");
      admin.locator("#roles a", new Page.LocatorOptions().setHasText("poterya")).click();
      admin.check("#demanding");
      admin.click("#ask");
      assertThat(admin.locator("#note")).hasText("Готово.");
      assertThat(admin.locator("#demanding")).isChecked();
      person.enter(page);
      assertThat(page).hasURL(ACCESS);
      admin.locator("#roles a", new Page.LocatorOptions().setHasText("Инженер")).click();
      assertThat(admin.locator("#without-second")).isChecked();
      assertThat(admin.locator("#ask")).isVisible();
    }
  }

  @Test
  void oneChoosesLanguageAndZone() throws SQLException {
    Person person = Person.make(kvant, "poyas", Permission.READ_DEVICES);
    person.enter(page);
    page.navigate(kvant.url() + "/password.xhtml");
    page.selectOption("#settings-zone", "Asia/Yekaterinburg");
    page.click("#settings-save");
    assertThat(page.locator("#settings-note")).hasText("Сохранено.");
    assertThat(page.locator("#settings-zone option[selected]"))
        .hasText(Pattern.compile("UTC\\+05:00 · .*Екатеринбург.*"));
    page.selectOption("#settings-language", new SelectOption().setLabel("English"));
    page.click("#settings-save");
    page.navigate(kvant.url() + "/");
    page.click("#user");
    assertThat(page.locator(".sheet .note").last()).containsText("Yekaterinburg");
    assertThat(person.audit()).containsExactly("SIGNED_IN", "SETTINGS_CHANGED", "SETTINGS_CHANGED");
  }

  private Authenticator on() {
    Authenticator phone = offer();
    page.fill("#first-code", phone.code());
    page.click("#confirm");
    assertThat(page.locator("#recovery li")).hasCount(10);
    return phone;
  }

  private Authenticator offer() {
    page.navigate(kvant.url() + "/password.xhtml");
    page.fill("#offer-password", Person.PASSWORD);
    page.click("#offer");
    return new Authenticator(page.locator("#secret").textContent());
  }

  private void code(String code) {
    page.fill("#code", code);
    page.press("#code", "Enter");
    page.waitForLoadState();
  }

  private void signOut() {
    page.navigate(kvant.url() + "/password.xhtml");
    page.click("#sign-out");
    assertThat(page).hasURL(LOGIN);
  }
}
