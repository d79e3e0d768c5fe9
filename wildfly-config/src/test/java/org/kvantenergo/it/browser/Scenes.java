package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kvantenergo.it.Orders;
import org.kvantenergo.shared.Permission;

/** Every page, as it opens and with what can be opened on it. */
final class Scenes {

  static final String LIST =
      "Населённый пункт;Улица;Дом;Квартира;Ресурс;Место;Тип счётчика;Номер счётчика;Установлен\n";
  private static final String GOOD = "Пермь;ул. Мира;1;1;ХВС;кухня;СГВ-15;3001;15.01.2026 14:20\n";
  private static final String BAD = "Пермь;ул. Мира;1;1;вода;кухня;;;31.02.2026\n";

  static final List<Scene> ALL =
      List.of(
          Scene.byNobody("login.xhtml", "", (page, showcase) -> {}),
          Scene.byNobody("login.xhtml", "refused", Scenes::signInInVain),
          Scene.byNobody("code.xhtml", "", Scenes::comeToTheCode),
          Scene.byNobody("expired.xhtml", "", (page, showcase) -> {}),
          Scene.of("missing.xhtml"),
          Scene.of("home.xhtml", "", (page, s) -> settled(page)),
          Scene.byNobody("home.xhtml", "shut", Scenes::shut),
          Scene.of("fleet.xhtml", "groups", (page, s) -> page.click("#group")),
          Scene.of("fleet.xhtml", "", Scenes::busy),
          Scene.of("fleet.xhtml", "table", Scenes::table),
          Scene.of("map.xhtml", "none", (page, s) -> {}),
          Scene.of("map.xhtml", "", Scenes::placed),
          Scene.of("map.xhtml", "chosen", (page, s) -> press(page, ".mark", "#chosen")),
          Scene.of("help.xhtml", "", (page, s) -> assertThat(page.locator("#fleet")).hasCount(1)),
          Scene.of("monitoring.xhtml").at("?device=ESTATE"),
          Scene.of("monitoring.xhtml", "pages", (page, s) -> page.click("#nav")),
          Scene.of("monitoring.xhtml", "order", (page, s) -> page.click("#sort")),
          Scene.of("monitoring.xhtml", "export", Scenes::export),
          Scene.of("monitoring.xhtml", "groups", (page, s) -> page.click("#group")),
          Scene.of("monitoring.xhtml", "tools", (page, s) -> page.click("#tools")),
          Scene.of("monitoring.xhtml", "views menu", (page, s) -> page.click("#view-menu")),
          Scene.of("monitoring.xhtml", "command", Scenes::command).at("?device=ESTATE"),
          Scene.of("monitoring.xhtml", "command wrong", Scenes::wrongCommand).at("?device=ESTATE"),
          Scene.of("monitoring.xhtml", "commands", Scenes::commands).at("?device=ESTATE"),
          Scene.of("monitoring.xhtml", "filter", Scenes::filter),
          Scene.of("monitoring.xhtml", "columns", (page, s) -> panel(page, "#to-columns")),
          Scene.of("monitoring.xhtml", "found", Scenes::foundMany),
          Scene.of("monitoring.xhtml", "search", Scenes::searched),
          Scene.of("monitoring.xhtml", "views", Scenes::views),
          Scene.of("monitoring.xhtml", "keys", (page, s) -> menu(page, "#to-keys")),
          Scene.of("monitoring.xhtml", "ticked", Scenes::ticked),
          Scene.of("monitoring.xhtml", "none", (page, s) -> {}).at("?g=all&f=battery:..1;fell"),
          Scene.of("monitoring.xhtml", "unread", (page, s) -> {}).at("?f=colour:red"),
          Scene.of("monitoring.xhtml", "person", (page, s) -> page.click("#user")),
          Scene.of("monitoring.xhtml", "strangers", Scenes::strangers),
          Scene.of("monitoring.xhtml", "sessions", Scenes::sessions).at("?device=ESTATE"),
          Scene.of("monitoring.xhtml", "values", Scenes::values).at("?device=ESTATE"),
          Scene.of("monitoring.xhtml", "dates", (page, s) -> page.click("#period")),
          Scene.of("monitoring.xhtml", "comment", Scenes::comment).at("?device=ESTATE"),
          Scene.of("dictionary.xhtml"),
          Scene.of("dictionary.xhtml", "chosen", (page, s) -> press(page, "#bits a", "#remove")),
          Scene.of("custody.xhtml").at("?device=ESTATE&record=RECORD"),
          Scene.of("setaside.xhtml"),
          Scene.of("setaside.xhtml", "ticked", Scenes::tick),
          Scene.of("setaside.xhtml", "none", (page, s) -> press(page, "#show-stored", ".empty")),
          Scene.of("commands.xhtml", "none", (page, s) -> {}).at("?request=999999999"),
          Scene.of("commands.xhtml", "", Scenes::story),
          Scene.of("commands.xhtml", "cancel", Scenes::cancel),
          Scene.of("commands.xhtml", "approve", Scenes::approve),
          Scene.of("campaigns.xhtml", "", Scenes::campaign),
          Scene.of("campaigns.xhtml", "retry", (page, s) -> press(page, "#ask-retry", "#expires")),
          Scene.of("technological.xhtml"),
          Scene.of("devices.xhtml").at("?show=REGISTERED&id=ESTATE"),
          Scene.of("devices.xhtml", "strangers", (page, s) -> {}).at("?show=UNREGISTERED"),
          Scene.of("devices.xhtml", "swapped", (page, s) -> {}).at("?show=SWAPPED"),
          asked("same", "#same-serial").at("?show=SWAPPED"),
          asked("key", "#key-make").at("?show=REGISTERED&id=ESTATE"),
          asked("block", "#block").at("?show=REGISTERED&id=ESTATE"),
          asked("groups", "#groups"),
          Scene.of("devices.xhtml", "rule", Scenes::rule),
          Scene.of("meters.xhtml").at("?id=2001"),
          Scene.of("meters.xhtml", "drawer", Scenes::wrongMeter),
          Scene.of("meters.xhtml", "changes", (page, s) -> page.click("#change")).at("?id=2001"),
          Scene.of("meters.xhtml", "none", (page, s) -> {}).at("?text=xyz"),
          Scene.of("sites.xhtml", "unfolded", Scenes::unfold),
          Scene.of("sites.xhtml", "drawer", (page, s) -> press(page, "#add", "#drawer-title")),
          Scene.of("accounts.xhtml"),
          Scene.of("accounts.xhtml", "drawer", (page, s) -> press(page, "#add", "#drawer-title")),
          Scene.of("meterlist.xhtml"),
          Scene.of("meterlist.xhtml", "checked", (page, s) -> bring(page, LIST + GOOD)),
          Scene.of("meterlist.xhtml", "wrong", (page, s) -> bring(page, LIST + GOOD + BAD)),
          Scene.of("meterlist.xhtml", "refused", (page, s) -> bring(page, "a;b\n1;2\n")),
          Scene.of("meterlist.xhtml", "loaded", Scenes::load),
          Scene.of("meterlist.xhtml", "recent", (page, s) -> {}),
          Scene.of("users.xhtml"),
          Scene.of("users.xhtml", "chosen", (page, s) -> press(page, "#users a", "#signed-in")),
          Scene.of("roles.xhtml"),
          Scene.of("roles.xhtml", "chosen", (page, s) -> press(page, "#roles a", "#copy")),
          Scene.of("organisations.xhtml"),
          Scene.of("organisations.xhtml", "chosen", Scenes::organisation),
          Scene.of("transfer.xhtml"),
          Scene.of("transfer.xhtml", "found", Scenes::found),
          Scene.of("audit.xhtml"),
          Scene.of("audit.xhtml", "none", (page, s) -> {}).at("?login=xyz"),
          Scene.of("password.xhtml"),
          Scene.of("password.xhtml", "offered", (page, s) -> offer(page)),
          Scene.byNobody("password.xhtml", "codes", (page, s) -> enrol(page, s, "scenes-codes")));

  private Scenes() {}

  private static void press(Page page, String what, String comes) {
    page.locator(what).first().click();
    assertThat(page.locator(comes).first()).isVisible();
  }

  private static Scene asked(String state, String button) {
    return Scene.of("devices.xhtml", state, (page, s) -> press(page, button, "#dialog-title"));
  }

  private static void signInInVain(Page page, Showcase showcase) {
    page.fill("#login", "nobody");
    page.fill("#password", "wrong");
    page.click("#enter");
    assertThat(page.locator("#note")).containsText("Логин или пароль не подошли.");
  }

  private static void comeToTheCode(Page page, Showcase showcase) throws Exception {
    Person person = enrol(page, showcase, "scenes-code");
    page.click("#sign-out");
    person.enter(page);
    page.keyboard().type("1");
    page.keyboard().press("Enter");
    assertThat(page.locator("#note")).isVisible();
  }

  /** A person of that login has a second factor, and sees its recovery codes. */
  private static Person enrol(Page page, Showcase showcase, String login) throws Exception {
    Person person = Person.make(showcase.kvant(), login, Permission.READ_DEVICES);
    person.enter(page);
    page.navigate(showcase.kvant().url() + "/password.xhtml");
    offer(page);
    page.fill("#first-code", new Authenticator(page.locator("#secret").textContent()).code());
    page.click("#confirm");
    assertThat(page.locator("#recovery li")).hasCount(10);
    return person;
  }

  private static void offer(Page page) {
    page.fill("#offer-password", Person.PASSWORD);
    press(page, "#offer", "#qr");
  }

  private static void export(Page page, Showcase showcase) {
    page.keyboard().press("Control+Shift+KeyE");
    assertThat(page.locator("#export-dialog")).isVisible();
  }

  private static void settled(Page page) {
    assertThat(page.locator("#live.on")).isVisible();
  }

  /** A group with a day and a full hour behind it. */
  private static void busy(Page page, Showcase showcase) throws Exception {
    Yard yard = Yard.build(showcase.kvant());
    yard.day();
    page.navigate(showcase.kvant().url() + "/fleet.xhtml?g=" + yard.group());
    // Figures are shared for some seconds: those of the scene before may still be shown.
    page.waitForCondition(
        () -> {
          page.reload();
          return page.locator("#burst-table").count() > 0;
        });
    settled(page);
  }

  private static void table(Page page, Showcase showcase) throws Exception {
    busy(page, showcase);
    press(page, "summary", ".roll a");
    new Yard(new Town(showcase.kvant()), "").close();
  }

  /** In the tile: a person who has a second password and has not given it. */
  private static void shut(Page page, Showcase showcase) throws Exception {
    Person person =
        Person.make(
            showcase.kvant(),
            "scenes-shut",
            Permission.READ_DEVICES,
            Permission.TECHNOLOGICAL_MODE);
    person.run(
        "update account a set second_password_hash = d.password_hash from account d"
            + " where d.login = 'dispatcher2' and a.login = ?",
        person.login());
    person.enter(page);
    page.fill("#mode-password", "wrong");
    page.press("#mode-password", "Enter");
    assertThat(page.locator("#note")).isVisible();
    settled(page);
  }

  private static void placed(Page page, Showcase showcase) throws Exception {
    new Town(showcase.kvant())
        .run("update site set latitude = 58.0105, longitude = 56.2502 where id = 1003");
    page.reload();
    assertThat(page.locator(".mark")).hasCount(1);
  }

  private static void strangers(Page page, Showcase showcase) {
    press(page, "#strangers", "[data-grid=records] td");
  }

  private static void panel(Page page, String button) {
    press(page, button, "#side-title");
  }

  private static void menu(Page page, String item) {
    page.click("#tools");
    page.click(item);
  }

  private static void filter(Page page, Showcase showcase) {
    panel(page, "#to-filter");
    page.fill("[name='q.RSSI.from']", "x");
    press(page, "#filter-apply", "#side [aria-invalid=true]");
  }

  private static void command(Page page, String kind) {
    page.keyboard().press("Alt+KeyK");
    press(page, "#tools ~ .sheet [data-command=" + kind + "]", "#order-title");
  }

  private static void command(Page page, Showcase showcase) {
    command(page, "SCHEDULE");
    assertThat(page.locator("[data-fate=QUEUED]")).isVisible();
  }

  private static void wrongCommand(Page page, Showcase showcase) {
    command(page, "APN");
    page.locator("[value=LIST] + span").click();
    page.fill("#order-numbers", "123");
    page.selectOption("#order-how", "FIRST");
    page.fill("#order-CANARIES", "0");
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#order-CANARIES[aria-invalid=true]")).isVisible();
  }

  private static void commands(Page page, Showcase showcase) {
    command(page, "RETRIES");
    page.keyboard().press("Control+Enter");
    press(page, "#tab-commands", "[data-grid=orders] .cst");
    assertThat(page.locator("[data-grid=modules] .sg .cm")).not().hasCount(0);
  }

  private static void searched(Page page, Showcase showcase) {
    menu(page, "#to-find");
    assertThat(page.locator("#numbers")).isFocused();
  }

  private static void foundMany(Page page, Showcase showcase) {
    // A panel that comes takes the focus, and a menu that loses it closes.
    panel(page, "#to-filter");
    searched(page, showcase);
    page.fill("#numbers", showcase.estate().serial() + " 207900001121 700000007");
    press(page, "#find-go", "#found-panel");
    press(page, "[data-found]", "td.hc, #find-widen");
  }

  private static void views(Page page, Showcase showcase) {
    page.click("#view-menu");
    page.click("#to-views");
    page.fill("#view-name", "Ночь");
    page.click("#view-add");
    page.locator("#view-add").click();
    assertThat(page.locator("#view-note")).isVisible();
    page.locator("[data-shared]").first().check();
    assertThat(page.locator("[data-do=view-link]").first()).isVisible();
  }

  private static void ticked(Page page, Showcase showcase) {
    page.locator("[data-grid=modules] tbody td.ck").first().click();
    assertThat(page.locator("#ticked")).hasText("1");
    page.locator("[data-sort=RSSI]").click();
    assertThat(page.locator("th.k-RSSI[aria-sort]")).hasCount(1);
  }

  private static void sessions(Page page, Showcase showcase) {
    press(page, "#tab-sessions", "[data-grid=sessions] td");
  }

  private static void values(Page page, Showcase showcase) {
    press(page, "#chart-table", "#chart-values td");
  }

  private static void comment(Page page, Showcase showcase) {
    press(page, "#edit-comment", "#comment input");
  }

  private static void tick(Page page, Showcase showcase) {
    page.locator("[data-grid=frames] [data-tick]").first().click();
    assertThat(page.locator("#ticked")).hasText("Отмечено 1");
  }

  /** Commands that have come to different ends, and one on its way. */
  private static Orders orders(Showcase showcase) throws Exception {
    Orders orders = new Orders(showcase.kvant(), showcase.person().login());
    long device = showcase.estate().id();
    for (String end :
        List.of(
            "state = 'REFUSED', reason = 'LOCKED', attempts = 1",
            "state = 'EXPIRED', reason = 'TIME'",
            "state = 'MISMATCH', attempts = 2",
            "state = 'VERIFIED', attempts = 1",
            "state = 'SUPERSEDED', reason = 'NEWER'",
            "state = 'QUEUED'")) {
      long request = orders.send(device);
      String over = end.contains("QUEUED") ? "" : ", ended_at = now()";
      orders.update("update command set " + end + over + " where request_id = ?", request);
    }
    long request = orders.send(device);
    String which = " where request_id = ?";
    orders.update("update command set state = 'LEASED', leased_by = 8060" + which, request);
    orders.update("update command set attempts = 1, sent_at = now()" + which, request);
    orders.update(
        "update command set state = 'DONE', result = 0, result_at = now(), result_session = 8060"
            + which,
        request);
    return orders;
  }

  private static void story(Page page, Showcase showcase) throws Exception {
    orders(showcase);
    page.reload();
    press(page, "[data-grid=commands] [data-id]", "#story .tl");
    settled(page);
  }

  private static void cancel(Page page, Showcase showcase) {
    page.locator("[data-grid=commands] [data-tick]").first().click();
    press(page, "#cancel-ticked", "#do-cancel");
  }

  private static void approve(Page page, Showcase showcase) throws Exception {
    Person other = Person.make(showcase.kvant(), "scenes-asks", Permission.SEND_COMMANDS);
    new Orders(showcase.kvant(), other.login()).propose(showcase.estate().id());
    orders(showcase).propose(showcase.estate().id());
    page.reload();
    page.locator("#waiting li").first().getByText("Утвердить").click();
    assertThat(page.locator("#do-approve")).isVisible();
  }

  private static void campaign(Page page, Showcase showcase) throws Exception {
    Long device = showcase.estate().id();
    Orders orders = orders(showcase);
    long campaign =
        orders.campaign("Переход на зимнее расписание", device, showcase.estate().id() + 1);
    orders.update(
        "update command set state = 'FAILED', reason = 'DEVICE_FAILED', attempts = 1,"
            + " ended_at = now() where campaign_id = ?",
        campaign);
    orders.update("update campaign set state = 'HALTED' where id = ?", campaign);
    page.reload();
    assertThat(page.locator("#ask-go-on")).isVisible();
    settled(page);
  }

  private static void rule(Page page, Showcase showcase) {
    press(page, "#by-rule", "#dialog-title");
    page.fill("#imei-from", "8610000000000a");
    press(page, "#do-try", ".rule .bad");
    page.fill("#imei-from", "861000000000000");
    page.fill("#imei-to", "861999999999999");
    press(page, "#do-try", "#outcome");
  }

  private static void wrongMeter(Page page, Showcase showcase) {
    press(page, "#add", "#drawer-title");
    press(page, "#save", "#drawer [aria-invalid=true]");
  }

  private static void unfold(Page page, Showcase showcase) {
    for (int rows : List.of(3, 4, 6)) {
      page.locator("[data-grid=sites] .fold").last().click();
      assertThat(page.locator("[data-grid=sites] [data-id]")).hasCount(rows);
    }
  }

  private static void bring(Page page, String text) {
    page.setInputFiles(
        "#file", new FilePayload("дома.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8)));
    page.waitForURL(url -> url.contains("id="));
    assertThat(page.locator("#list")).hasAttribute("data-busy", "false");
  }

  private static void load(Page page, Showcase showcase) {
    bring(page, LIST + GOOD);
    press(page, "#apply", "#see");
  }

  private static void organisation(Page page, Showcase showcase) {
    page.locator("#organisations a").last().click();
    assertThat(page.locator("#organisations tr.sl")).hasCount(1);
  }

  private static void found(Page page, Showcase showcase) {
    page.fill("#numbers", showcase.estate().serial() + " 700000007");
    press(page, "#search", "#missing");
    press(page, "#devices a", "#history");
  }
}
