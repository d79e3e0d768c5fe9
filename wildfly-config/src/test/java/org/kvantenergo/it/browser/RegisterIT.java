package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** The pages of the register: meters, addresses and accounts are put in, changed and looked up. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class RegisterIT {

  private static final LocatorAssertions.HasTextOptions VISIBLE =
      new LocatorAssertions.HasTextOptions().setUseInnerText(true);

  private Town town;

  @BeforeEach
  void aTown(KvantInstance kvant) throws Exception {
    town = Town.build(kvant);
  }

  @Test
  void aMeterIsPutInReplacedAndSeenAsItWas(Page page, KvantInstance kvant) throws Exception {
    String module = town.value("select serial from device where state = 'REGISTERED' limit 1");
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/meters.xhtml");
    page.click("#add");
    assertThat(page.locator("#drawer-title")).hasText("Добавить счётчик");
    assertThat(page.locator("#resource")).isFocused();
    page.fill("#capacity", "много");
    page.fill("#address", "ленина 5");
    page.click("#save");
    assertThat(page.locator("#type-no")).hasText("Не заполнено");
    assertThat(page.locator("#serial-no")).hasText("Не заполнено");
    assertThat(page.locator("#capacity-no")).hasText("Не число");
    assertThat(page.locator("#address-no"))
        .hasText("Таких адресов несколько: выберите ниже или уточните");
    assertThat(page.locator("#site option")).hasCount(4);
    page.fill("#type", "СГВ-15");
    page.fill("#serial", "1001");
    page.fill("#capacity", "99999,999");
    page.fill("#address", "ленина 5 кв. 15");
    page.fill("#place", "кухня");
    page.fill("#at", "2026-01-15T14:20");
    page.fill("#first", "0,125");
    page.press("#first", "Enter");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(page.locator("#add")).isFocused();
    assertThat(page.locator("#device h2")).hasText("СГВ-15 1001");
    assertThat(events(page).nth(0))
        .hasText(
            "Место установки\tПермь, ул. Ленина, д. 5, кв. 15, кухня\t0,125\t15.01.2026 14:20:00\tсейчас",
            VISIBLE);

    open(page, "fit");
    page.fill("#device-number", "1");
    page.click("#save");
    assertThat(page.locator("#device-number-no"))
        .hasText("Среди ваших зарегистрированных модулей такого нет");
    page.fill("#device-number", module);
    page.fill("#at", "2026-01-15T14:20");
    page.click("#save");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(events(page)).hasCount(2);

    open(page, "replace");
    page.fill("#serial", "1002");
    page.fill("#at", "2026-05-15T12:20");
    page.fill("#last", "431,5");
    page.fill("#first", "-1");
    page.click("#save");
    assertThat(page.locator("#first-no")).hasText("Вне допустимых пределов");
    page.fill("#first", "0,003");
    page.click("#save");
    assertThat(page.locator("#device h2")).hasText("СГВ-15 1002");
    page.click("#tab-device");
    assertThat(events(page)).hasCount(2);
    assertThat(events(page).nth(0)).containsText("СГВ-15 1002");
    assertThat(events(page).nth(1)).containsText("СГВ-15 1001");
    page.click("#tab-meter");

    // The viewer is in Moscow: 12:20 in Perm is 10:20 there.
    asOf(page, "2026-05-15T10:19:59");
    assertThat(page.locator("#as-of")).hasText("Так было 15.05.2026 10:19:59");
    assertThat(rows(page, "meters")).hasCount(2);
    assertThat(rows(page, "meters").nth(0).locator("td").nth(5)).hasText("1001");
    assertThat(rows(page, "meters").nth(1).locator("td").nth(1)).hasText("не установлен");
    asOf(page, "2026-05-15T10:20");
    assertThat(rows(page, "meters").nth(0).locator("td").nth(5)).hasText("1002");
    assertThat(events(page).nth(0)).containsText("0,003");
    asOf(page, "");
    assertThat(page.locator("#as-of")).hasCount(0);
    page.locator("td", new Page.LocatorOptions().setHasText(Pattern.compile("^1001$"))).click();
    assertThat(page.locator("#device h2")).hasText("СГВ-15 1001");
    assertThat(events(page).nth(0))
        .hasText(
            "Место установки\tПермь, ул. Ленина, д. 5, кв. 15, кухня\t0,125 → 431,5"
                + "\t15.01.2026 14:20:00\t15.05.2026 12:20:00",
            VISIBLE);
    pictures(page, "meters");
  }

  @Test
  void whatIsDoneToAMeterOneAfterAnother(Page page, KvantInstance kvant) throws Exception {
    town.meter(2001, "2001", 1004);
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/meters.xhtml?id=2001");
    open(page, "verify");
    page.fill("#done", "2026-02-01");
    page.fill("#due", "2026-02-01");
    page.click("#save");
    assertThat(page.locator("#due-no")).hasText("Должно быть позже поверки");
    page.fill("#due", "2032-02-01");
    page.click("#save");
    assertThat(rows(page, "meters").nth(0)).containsText("01.02.2032");
    open(page, "seal");
    page.fill("#seal", "П-1");
    page.fill("#at", "2026-02-01T10:00");
    page.click("#save");
    assertThat(rows(page, "meters").nth(0)).containsText("П-1");
    open(page, "unseal");
    page.fill("#at", "2026-01-01T10:00");
    page.click("#save");
    assertThat(page.locator("#at-no")).hasText("В это время там ничего не было");
    page.fill("#at", "");
    page.click("#save");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    open(page, "settle");
    page.fill("#account", "40-1");
    page.fill("#holder", "Иванов И. И.");
    page.fill("#since", "2026-02-01");
    page.click("#save");
    assertThat(rows(page, "meters").nth(0)).containsText("Иванов И. И.");
    open(page, "correct");
    town.run("update meter set diameter = 20, version = version + 1 where id = 2001");
    page.fill("#diameter", "15");
    page.click("#save");
    assertThat(page.locator("#note")).containsText("изменил кто-то другой");
    assertThat(page.locator("#diameter")).hasValue("20");
    page.fill("#diameter", "25");
    page.click("#save");
    assertThat(rows(page, "meters").nth(0).locator("td").nth(6)).hasText("25");
    open(page, "remove");
    page.keyboard().press("Escape");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(page.locator("#change")).isFocused();
    open(page, "remove");
    page.fill("#last", "17");
    page.click("#save");
    assertThat(page.locator("#device")).containsText("не установлен");
    assertThat(
            town.value(
                "select string_agg(action, ' ' order by id) from audit where object = 'meter 2001'"))
        .isEqualTo("METER_VERIFIED METER_SEALED METER_UNSEALED METER_CORRECTED METER_REMOVED");
  }

  @Test
  void addressesByKeyboardAlone(Page page, KvantInstance kvant) throws Exception {
    town.meter(2001, "2001", 1004);
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/sites.xhtml");
    assertThat(page).hasTitle("Адреса — Квант-Энерго");
    assertThat(rows(page, "sites")).hasCount(1);
    page.locator("[data-grid=sites] td[data-here]").focus();
    page.keyboard().press("Space");
    assertThat(rows(page, "sites")).hasCount(2);
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#device h2")).hasText("Пермь, ул. Ленина");
    page.keyboard().press("Equal");
    assertThat(rows(page, "sites")).hasCount(3);
    assertThat(page.locator("#device h2")).hasText("Пермь, ул. Ленина");
    assertThat(page.locator("#tab-meters")).hasText("Счётчики 1");
    pictures(page, "sites");

    page.locator("#change").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#do-below")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#kind")).isFocused();
    assertThat(page.locator("#kind")).hasValue("HOUSE");
    page.keyboard().press("Tab");
    page.keyboard().type("10");
    page.keyboard().press("Enter");
    assertThat(page.locator("#device h2")).hasText("Пермь, ул. Ленина, д. 10");
    assertThat(rows(page, "sites")).hasCount(4);
    assertThat(rows(page, "sites").nth(3)).containsText("д.\u00a010");

    open(page, "change");
    page.fill("#name", "5");
    page.fill("#zone", "Perm");
    page.fill("#guid", "xyz");
    page.click("#save");
    assertThat(page.locator("#zone-no"))
        .hasText("Нет такого часового пояса: нужно, например, Asia/Yekaterinburg");
    assertThat(page.locator("#guid-no")).hasText("Не GUID: нужно 32 цифры 0–9, a–f с чертами");
    page.fill("#zone", "Asia/Yekaterinburg");
    page.fill("#guid", "5b3a4d3c-8a9e-4a56-9a3b-0d4a3c6e1f00");
    page.click("#save");
    assertThat(page.locator("#name-no")).hasText("Такой уже есть");
    page.fill("#name", "7");
    page.click("#save");
    assertThat(page.locator("#device h2")).hasText("Пермь, ул. Ленина, д. 7");
    open(page, "remove");
    page.click("#save");
    assertThat(page.locator("#device h2")).hasText("Пермь, ул. Ленина");
    open(page, "remove");
    page.click("#save");
    assertThat(page.locator("#note")).containsText("Удалить можно только пустой адрес");
    page.keyboard().press("Escape");
    page.fill("#text", "ленина 16");
    page.press("#text", "Enter");
    assertThat(rows(page, "sites")).hasCount(1);
    assertThat(rows(page, "sites").nth(0)).containsText("Пермь, ул. Ленина, д. 5, кв. 16");
    assertThat(page.locator("[data-grid=stands] .empty")).hasText("Счётчиков здесь нет");
  }

  @Test
  void anAccountIsOpenedMovedAndClosed(Page page, KvantInstance kvant) throws Exception {
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/accounts.xhtml");
    assertThat(page.locator("#accounts-empty h3")).hasText("Лицевых счетов ещё нет");
    page.click("#add");
    page.fill("#account", "40-1");
    page.fill("#address", "кв. 17");
    page.click("#save");
    assertThat(page.locator("#address-no")).hasText("Такого адреса нет");
    page.fill("#address", "кв. 15");
    page.fill("#holder", "Иванов И. И.");
    page.fill("#since", "2026-02-01");
    page.click("#save");
    assertThat(page.locator("#device h2")).hasText("40-1");
    open(page, "move");
    page.fill("#address", "кв. 16");
    page.fill("#since", "2026-06-01");
    page.click("#save");
    assertThat(rows(page, "history")).hasCount(2);
    pictures(page, "accounts");
    // Midnight in Perm is 22:00 in Moscow.
    asOf(page, "2026-05-31T21:59:59");
    assertThat(rows(page, "accounts").nth(0)).containsText("кв. 15");
    asOf(page, "2026-05-31T22:00");
    assertThat(rows(page, "accounts").nth(0)).containsText("кв. 16");
    asOf(page, "");
    open(page, "end");
    page.fill("#until", "2026-05-01");
    page.click("#save");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(rows(page, "history").nth(1)).containsText("01.05.2026");
    open(page, "end");
    page.fill("#until", "2026-08-01");
    page.click("#save");
    assertThat(rows(page, "accounts").nth(0).locator("td").nth(2)).hasText("нигде");
    open(page, "end");
    page.fill("#until", "2026-08-02");
    page.click("#save");
    assertThat(page.locator("#until-no")).hasText("В это время там ничего не было");
  }

  @Test
  void aLongListScrollsOnAndOn(Page page, KvantInstance kvant) throws Exception {
    town.run(
        """
        insert into meter (organisation_id, resource, type, serial)
        select o.id, 'COLD_WATER', 'СГВ', lpad(n::text, 4, '0')
        from organisation o, generate_series(1, 1000) as n where o.runs_installation
        """);
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/meters.xhtml");
    Locator box = page.locator("[data-grid=meters]");
    for (int row : List.of(300, 900, 100)) {
      box.evaluate("(box, top) => { box.scrollTop = top; }", row * 24);
      assertThat(page.locator("tr[aria-rowindex='" + (row + 5) + "'] td").nth(5))
          .hasText("%04d".formatted(row + 5));
    }
  }

  @Test
  void whoMayNotRegisterIsShownNoButtonsAndRefused(Page page, KvantInstance kvant)
      throws Exception {
    town.meter(2001, "2001", 1004);
    enter(page, kvant, "dispatcher2", "kvant-demo-1");
    for (String each : List.of("meters", "sites", "accounts")) {
      page.navigate(kvant.url() + "/" + each + ".xhtml");
      assertThat(page.locator("#add")).hasCount(0);
      assertThat(page.locator("#change")).hasCount(0);
    }
    town.run(
        """
        with r as (
          insert into role (organisation_id, name)
          select id, 'registrar' from organisation where runs_installation
          returning id, organisation_id),
        p as (insert into role_permission select r.id, n from r, unnest(array['READ_DEVICES', 'REGISTER']) as n),
        a as (
          insert into account (organisation_id, login, name, password_hash)
          select r.organisation_id, 'registrar', 'registrar', d.password_hash from r, account d
          where d.login = 'dispatcher2' returning id)
        insert into account_role select a.id, r.id from a, r
        """);
    try (var other = page.context().browser().newContext()) {
      Page registrar = other.newPage();
      enter(registrar, kvant, "registrar", "kvant-demo-1");
      for (String each : List.of("meters", "sites", "accounts")) {
        allow(true);
        registrar.navigate(kvant.url() + "/" + each + ".xhtml");
        registrar.click("#add");
        assertThat(registrar.locator("#drawer-title")).hasCount(1);
        for (String field : List.of("type", "serial", "name", "account", "holder")) {
          if (registrar.locator("#drawer #" + field).count() == 1) {
            registrar.fill("#drawer #" + field, "1");
          }
        }
        if (each.equals("accounts")) {
          registrar.fill("#address", "кв. 15");
        }
        allow(false);
        registrar.click("#save");
        assertThat(registrar.locator("h1")).hasText("Нет доступа");
      }
    }
    assertThat(town.value("select count(*) from meter")).isEqualTo("1");
    assertThat(town.value("select count(*) from site")).isEqualTo("5");
    assertThat(town.value("select count(*) from consumer_account")).isEqualTo("0");
  }

  private void allow(boolean register) throws SQLException {
    town.run(
        register
            ? "insert into role_permission select id, 'REGISTER' from role where name = 'registrar'"
                + " on conflict do nothing"
            : "delete from role_permission p using role r where r.id = p.role_id"
                + " and r.name = 'registrar' and p.permission = 'REGISTER'");
  }

  private static void open(Page page, String what) {
    page.click("#change");
    page.click("#do-" + what);
    assertThat(page.locator("#drawer-title")).hasCount(1);
  }

  private static void asOf(Page page, String time) {
    page.fill("#at-time", time);
    page.click("#go");
    assertThat(page.locator("#as-of")).hasCount(time.isEmpty() ? 0 : 1);
  }

  private static Locator events(Page page) {
    return rows(page, "events");
  }

  private static Locator rows(Page page, String grid) {
    return page.locator(
        "[data-grid=" + grid + "] tbody tr:not(.fill):not(.ui-datatable-empty-message)");
  }

  /** Both themes, narrow and wide, with the drawer open; kept when asked for. */
  private static void pictures(Page page, String name) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    page.click("#add");
    assertThat(page.locator("#drawer-title")).hasCount(1);
    for (String theme : List.of("light", "dark")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      for (int width : List.of(1366, 1920)) {
        page.setViewportSize(width, width == 1366 ? 768 : 1080);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/browser", name + "-" + theme + "-" + width + ".png")));
      }
    }
    page.keyboard().press("Escape");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(page.locator("#add")).isFocused();
  }

  private static void enter(Page page, KvantInstance kvant, String login, String password) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", password);
    page.press("#password", "Enter");
    page.waitForLoadState();
  }
}
