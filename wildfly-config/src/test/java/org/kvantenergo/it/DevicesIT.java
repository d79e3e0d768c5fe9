package org.kvantenergo.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.browser.BrowserExtension;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.HelloAck;

/** The registry of devices by its page, and what modules are answered then. */
@ExtendWith(BrowserExtension.class)
class DevicesIT {

  private static final long MODULE_TIME = 1_613_365_230L;

  /** One of the manual's modules: 868333030969592, 207900001221. */
  private static final ModuleIdentity KNOWN =
      new ModuleIdentity(868333030969592L, 207900001221L, 642, 261, "8970101008538006975");

  private static KvantInstance kvant;

  private Page page;
  private Locator grid;

  @BeforeAll
  static void start() throws Exception {
    kvant = KvantInstance.start("devices", Map.of());
  }

  @AfterAll
  static void stop() {
    kvant.close();
  }

  @BeforeEach
  void begin(Page fresh) throws Exception {
    execute("update account set locale = 'ru'");
    page = fresh;
    grid = page.locator("[data-grid=devices]");
  }

  @Test
  void whatIsDecidedOnThePageIsAnsweredInTheNextSession() throws Exception {
    ModuleIdentity module = ModuleIdentity.unknown(1);
    assertThat(session(module, null, 1)).isEqualTo(HelloAck.Result.NOT_REGISTERED);
    enter("admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/monitoring.xhtml");
    page.click("#strangers");
    page.click("#to-register");
    assertThat(page).hasTitle("Устройства — Квант-Энерго");
    find(module);
    assertThat(rows()).hasCount(1);
    assertThat(page.locator("#state")).hasText("Не зарегистрирован");
    looks("unregistered");
    page.fill("#remark", "кв. 15");
    page.click("#do-register");
    assertThat(page.locator("#devices-empty h3")).hasText("Ничего не найдено");
    page.click("#show-registered");
    assertThat(rows()).hasCount(1);
    assertThat(rows().first()).containsText("кв. 15");
    assertThat(session(module, null, 2)).isEqualTo(HelloAck.Result.ACCEPTED);
    assertThat(records(module)).isEqualTo("2");

    page.click("#block");
    page.click("#do-block");
    assertThat(page.locator("#ask-fault")).hasText("Нужна причина, не длиннее 500 знаков.");
    page.fill("#reason", "шумит в эфире");
    page.keyboard().press("Enter");
    assertThat(page.locator("#dialog")).not().isVisible();
    assertThat(session(module, null, 3)).isEqualTo(HelloAck.Result.BLOCKED);
    page.click("#show-blocked");
    page.click("#unblock");
    page.fill("#reason", "починен");
    page.click("#do-unblock");
    assertThat(page.locator("#dialog")).not().isVisible();
    assertThat(session(module, null, 3)).isEqualTo(HelloAck.Result.ACCEPTED);

    page.click("#show-registered");
    page.click("#key-make");
    page.click("#do-make");
    String made = page.locator("#made-key").textContent();
    assertThat(made).matches("[0-9a-f]{64}");
    looks("key-made");
    page.click("[data-close]");
    assertThat(page.locator("#key-make")).hasText("Сменить ключ…");
    assertThat(page.content()).doesNotContain(made);
    page.click("#refresh");
    assertThat(page.content()).doesNotContain(made);
    byte[] key = HexFormat.of().parseHex(made);
    assertThat(session(module, null, 4)).isEqualTo(HelloAck.Result.NOT_AUTHENTIC);
    assertThat(session(module, key, 4)).isEqualTo(HelloAck.Result.ACCEPTED);

    page.click("#key-make");
    page.fill("#typed-key", made.substring(2));
    page.click("#do-set-key");
    assertThat(page.locator("#key-help")).hasText("Нужны 64 знака: цифры и буквы от A до F");
    String typed = "00112233445566778899AABBCCDDEEFF".repeat(2);
    page.fill("#typed-key", typed.replaceAll("(.{8})", "$1 "));
    page.keyboard().press("Enter");
    assertThat(page.locator("#note")).hasText("Ключ задан");
    assertThat(session(module, key, 5)).isEqualTo(HelloAck.Result.NOT_AUTHENTIC);
    assertThat(session(module, HexFormat.of().parseHex(typed), 5))
        .isEqualTo(HelloAck.Result.ACCEPTED);
    page.click("#key-remove");
    page.click("#do-remove-key");
    assertThat(page.locator("#note")).hasText("Ключ удалён");
    assertThat(session(module, null, 6)).isEqualTo(HelloAck.Result.ACCEPTED);
    String told = value("select string_agg(before || after, ' ') from audit");
    assertThat(told).doesNotContain(made).doesNotContainIgnoringCase(typed);
    assertThat(Files.readString(kvant.log())).doesNotContain(made).doesNotContain(typed);

    page.click("#unregister");
    page.fill("#reason", "чужой модуль");
    page.click("#do-unregister");
    assertThat(page.locator("#dialog")).not().isVisible();
    assertThat(session(module, null, 7)).isEqualTo(HelloAck.Result.NOT_REGISTERED);
  }

  @Test
  void manyAreRegisteredByARuleThatIsTriedFirst() throws Exception {
    for (int i = 21; i <= 23; i++) {
      session(ModuleIdentity.unknown(i), null, 1);
    }
    ModuleIdentity twin = new ModuleIdentity(861_000_000_000_024L, 310_000_000_023L, 642, 261, "");
    session(twin, null, 1);
    enter("admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/devices.xhtml");
    page.click("#by-rule");
    page.click("#do-try");
    assertThat(page.locator("#rule-fault")).hasText("Укажите IMEI, серийные номера или модель");
    page.fill("#imei-from", "8610000000000a");
    page.click("#do-try");
    assertThat(page.locator(".rule .cell-d").first()).hasText("Нужны цифры, не больше 15");
    page.fill("#imei-from", "861 000 000 000 021");
    page.fill("#imei-to", "861000000000020");
    page.click("#do-try");
    assertThat(page.locator(".rule .cell-d").first()).hasText("Начало больше конца");
    page.fill("#imei-to", "861000000000024");
    page.fill("#into-comment", "новый дом");
    page.keyboard().press("Enter");
    Locator outcome = page.locator("#outcome");
    assertThat(outcome).containsText("Подходят 4 устройства, можно зарегистрировать 2.");
    assertThat(outcome.locator(".conflicts")).hasText("Номер у двоих сразу: 2");
    assertThat(outcome.locator("tbody tr")).hasCount(2);
    looks("rule");
    page.click("#do-apply");
    assertThat(outcome).containsText("Зарегистрировано: 2 устройства");
    page.keyboard().press("Escape");
    assertThat(page.locator("#dialog")).not().isVisible();
    assertThat(session(ModuleIdentity.unknown(21), null, 2)).isEqualTo(HelloAck.Result.ACCEPTED);
    assertThat(session(ModuleIdentity.unknown(23), null, 2))
        .isEqualTo(HelloAck.Result.NOT_REGISTERED);
    assertThat(value("select count(*) from device where comment = 'новый дом'")).isEqualTo("2");
  }

  @Test
  void whoIsTickedIsRegisteredByTheKeyboardAlone() throws Exception {
    session(ModuleIdentity.unknown(31), null, 1);
    session(ModuleIdentity.unknown(32), null, 1);
    enter("admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/devices.xhtml?show=UNREGISTERED");
    page.focus("#text");
    page.keyboard().type("86100000000003");
    page.keyboard().press("Enter");
    assertThat(rows()).hasCount(2);
    page.keyboard().press("F6");
    page.keyboard().press("F6");
    page.locator("[data-grid=devices] td[data-here]").focus();
    page.keyboard().press("Space");
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#device h2")).hasText("310000000032");
    page.keyboard().press("Shift+Space");
    assertThat(page.locator("#ticked")).hasText("Отмечено 2");
    page.keyboard().press("Enter");
    assertThat(page.locator("#owner")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("[data-grid=devices] td[data-here]")).isFocused();
    page.focus("#register-ticked");
    page.keyboard().press("Enter");
    assertThat(page.locator("#dialog-title")).hasText("Зарегистрировать отмеченные");
    page.keyboard().press("Escape");
    assertThat(page.locator("#dialog")).not().isVisible();
    page.focus("#register-ticked");
    page.keyboard().press("Enter");
    page.focus("#do-register-ticked");
    page.keyboard().press("Enter");
    assertThat(page.locator("#outcome")).containsText("Зарегистрировано: 2 устройства");
    page.keyboard().press("Escape");
    assertThat(page.locator("#devices-empty h3")).hasText("Ничего не найдено");
    assertThat(page.locator("#register-ticked")).isDisabled();
  }

  @Test
  void aModemThatWasChangedIsResolved() throws Exception {
    ModuleIdentity changed = new ModuleIdentity(861_000_000_000_099L, KNOWN.serial(), 642, 261, "");
    session(KNOWN, null, 100);
    assertThat(session(changed, null, 101)).isEqualTo(HelloAck.Result.NOT_REGISTERED);
    enter("admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/devices.xhtml?show=SWAPPED");
    find(changed);
    assertThat(rows().first()).containsText("Возможна подмена");
    assertThat(page.locator("#swap")).containsText("207900001221");
    looks("swap");
    page.click("#same-serial");
    assertThat(page.locator("#asked")).containsText("Отдельно сохранено 1 запись.");
    looks("same");
    page.click("#do-same");
    assertThat(page.locator("#dialog")).not().isVisible();
    assertThat(session(changed, null, 102)).isEqualTo(HelloAck.Result.ACCEPTED);
    page.click("#show-registered");
    assertThat(rows()).hasCount(1);
    assertThat(page.locator(".lines")).containsText("IMEI 868333030969592, 207900001221");
    looks("registered");
    page.click("#archive");
    assertThat(page.locator("#device h2")).hasText("207900001221");
    assertThat(page.locator("[data-grid=records] tbody tr:not(.fill)").first()).isVisible();

    ModuleIdentity other = new ModuleIdentity(changed.imei(), 310_000_000_099L, 642, 261, "");
    assertThat(session(other, null, 1)).isEqualTo(HelloAck.Result.NOT_REGISTERED);
    page.navigate(kvant.url() + "/devices.xhtml?show=SWAPPED");
    find(other);
    page.click("#replace-imei");
    page.click("#do-replace");
    assertThat(page.locator("#dialog")).not().isVisible();
    assertThat(session(other, null, 2)).isEqualTo(HelloAck.Result.ACCEPTED);
    assertThat(session(changed, null, 103)).isEqualTo(HelloAck.Result.NOT_REGISTERED);
    page.fill("#text", "");
    page.click("#show-retired");
    assertThat(rows()).hasCount(1);
    assertThat(rows().first()).containsText("Заменён другим");
    page.click("#show-swapped");
    find(changed);
    page.click("#apart");
    page.click("#do-apart");
    assertThat(page.locator("#devices-empty h3")).hasText("Ничего не найдено");
    page.click("#show-unregistered");
    assertThat(page.locator("#swap h3")).hasText("Оставлен отдельно");
  }

  @Test
  void groupsAndFieldsAreEdited() throws Exception {
    enter("admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/devices.xhtml?show=REGISTERED");
    page.click("#groups");
    assertThat(page.locator("#group-list tbody tr").first()).containsText("642M_MTS");
    page.fill("#group-name", " ");
    page.click("#group-save");
    assertThat(page.locator("#group-fault")).hasText("Название: от 1 до 60 знаков");
    page.fill("#group-name", "642M_MTS");
    page.click("#group-save");
    assertThat(page.locator("#group-fault")).hasText("Такая группа уже есть.");
    page.fill("#group-name", "Школы");
    page.keyboard().press("Enter");
    assertThat(page.locator("#group-list")).containsText("Школы");
    page.locator("#group-list a", new Page.LocatorOptions().setHasText("642M_MTS")).click();
    page.click("#group-remove");
    assertThat(page.locator("#group-fault"))
        .hasText("В группе есть устройства: сначала переведите их.");
    page.locator("#group-list a", new Page.LocatorOptions().setHasText("Школы")).click();
    page.click("#group-up");
    assertThat(page.locator("#group-list tbody tr").nth(1)).containsText("Школы");
    looks("groups");
    page.fill("#group-name", "Сады");
    page.click("#group-save");
    assertThat(page.locator("#group-list")).containsText("Сады");
    page.click("[data-close]");

    page.fill("#text", "207900001121");
    page.click("#go");
    assertThat(rows()).hasCount(1);
    assertThat(page.locator("#device h2")).hasText("207900001121");
    page.selectOption("#own-group", new SelectOption().setLabel("Сады"));
    page.fill("#comment", "щитовая");
    page.fill("#own-model", "65536");
    page.click("#save");
    assertThat(page.locator("#edit-fault")).hasText("Модель: число от 0 до 65535");
    assertThat(page.locator("#comment")).hasValue("щитовая");
    page.fill("#own-model", "643");
    page.fill("#commissioned", "2026-05-01T10:00:01");
    page.click("#save");
    assertThat(page.locator("#note")).hasText("Сохранено");
    assertThat(rows().first()).containsText("щитовая");
    assertThat(
            value(
                """
                select concat_ws(' ', g.name, d.comment, d.model, d.commissioned_at at time zone 'UTC')
                from device d join device_group g on g.id = d.group_id where d.serial = 207900001121
                """))
        .isEqualTo("Сады щитовая 643 2026-05-01 07:00:01");
    execute("update device set comment = 'чердак' where serial = 207900001121");
    page.fill("#own-model", "644");
    page.click("#save");
    assertThat(page.locator("#edit-fault"))
        .hasText(
            "Пока вы правили, это изменил кто-то другой. Показано, как стало: проверьте и сохраните"
                + " снова.");
    assertThat(page.locator("#comment")).hasValue("чердак");
    assertThat(page.locator("#own-model")).hasValue("643");
    page.fill("#text", "12a");
    page.click("#go");
    assertThat(page.locator("#devices-foot")).containsText("Нужны цифры, не больше 15");
    assertThat(rows()).hasCount(1);
    page.click("#key-make");
    looks("key");
  }

  @Test
  void whoMayNotRegisterIsRefusedAlsoInAnOpenPage() throws Exception {
    enter("dispatcher2", "kvant-demo-1");
    assertThat(page.request().get(kvant.url() + "/devices.xhtml").status()).isEqualTo(403);
    session(ModuleIdentity.unknown(41), null, 1);
    execute(
        """
        with r as (
          insert into role (organisation_id, name)
          select id, 'registrar' from organisation where runs_installation returning id),
        p as (insert into role_permission
          select r.id, n from r, unnest(array['READ_DEVICES', 'REGISTER']) n)
        insert into account_role select a.id, r.id from account a, r where a.login = 'dispatcher2'
        """);
    page.navigate(kvant.url() + "/devices.xhtml?show=UNREGISTERED");
    find(ModuleIdentity.unknown(41));
    assertThat(page.locator("#state")).hasText("Не зарегистрирован");
    execute(
        "delete from role_permission where permission = 'REGISTER' and role_id ="
            + " (select id from role where name = 'registrar')");
    page.waitForResponse("**/devices.xhtml*", () -> page.click("#do-register"));
    assertThat(value("select state from device where serial = 310000000041"))
        .isEqualTo("UNREGISTERED");
    assertThat(value("select action || ' ' || login from audit order by id desc limit 1"))
        .isEqualTo("REFUSED dispatcher2");
    execute(
        "delete from account_role where role_id = (select id from role where name = 'registrar')");
  }

  /** Sends one record; returns what HELLO was answered. */
  private static HelloAck.Result session(ModuleIdentity module, byte[] key, long number)
      throws Exception {
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(
          Talk.session(
              module, key, Talk.slice(number, MODULE_TIME + number * 3600, (double) number)));
      HelloAck ack = (HelloAck) talk.answer().packet();
      if (ack.result() == HelloAck.Result.ACCEPTED
          || ack.result() == HelloAck.Result.NOT_REGISTERED) {
        talk.answers(2);
      }
      return ack.result();
    }
  }

  private static String records(ModuleIdentity module) throws SQLException {
    return value(
        "select count(*) from reading r join device d on d.id = r.device_id where d.serial = "
            + module.serial());
  }

  private void find(ModuleIdentity module) {
    page.fill("#text", Long.toString(module.imei()));
    page.click("#go");
    assertThat(page.locator(".facts-card")).containsText(Long.toString(module.imei()));
  }

  private Locator rows() {
    return grid.locator("tbody tr:not(.fill)");
  }

  private void enter(String login, String password) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", password);
    page.press("#password", "Enter");
    assertThat(page.locator("#user")).isVisible();
  }

  /** Both themes and two widths, as pictures with {@code kvant.screenshots}. */
  private void looks(String name) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    for (String theme : new String[] {"light", "dark"}) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      for (int width : new int[] {1366, 1920}) {
        page.setViewportSize(width, width == 1366 ? 768 : 1080);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of(
                        "target/browser", "devices-" + name + "-" + width + "-" + theme + ".png")));
      }
    }
    page.setViewportSize(1600, 900);
    page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
