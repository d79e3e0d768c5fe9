package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** The upper half of the monitoring page: which modules are listed, how, and which are marked. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class MonitoringFilterIT {

  private static KvantInstance kvant;
  private static Fleet fleet;
  private static BrowserContext context;
  private static Page page;

  @BeforeAll
  static void open(Browser browser, KvantInstance shared) throws Exception {
    kvant = shared;
    fleet = Fleet.open(kvant, "otbor");
    context = context(browser);
    page = context.newPage();
    fleet.person().enter(page);
  }

  @AfterAll
  static void close() throws Exception {
    context.close();
    fleet.close();
  }

  private static BrowserContext context(Browser browser) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setLocale("ru-RU")
            .setTimezoneId("Europe/Moscow")
            .setViewportSize(1600, 900));
  }

  @BeforeEach
  void asAtFirst() throws Exception {
    fleet.forgetViews();
    page.setViewportSize(1600, 900);
    go("");
  }

  private static void go(String query) {
    page.navigate(kvant.url() + "/monitoring.xhtml" + query);
    page.waitForLoadState();
  }

  @Test
  void signsAreCountedAndFilterAndTheAddressLeadsBack() {
    total("260 модулей");
    for (String sign : List.of("silent", "errors", "battery", "open", "drift", "fell")) {
      assertThat(quick(sign).locator("b")).hasText("1");
    }
    quick("battery").click();
    total("1 модуль");
    assertThat(row(0)).containsText("600000000005");
    assertThat(page).hasURL(Pattern.compile(".*f=battery:\\.\\.3\\.4.*"));
    page.reload();
    total("1 модуль");
    assertThat(quick("battery")).hasAttribute("aria-pressed", "true");
    quick("errors").click();
    assertThat(page.locator("#modules-empty h3")).hasText("Под отбор не подходит ни один модуль");
    assertThat(page.locator("#modules-empty p").first())
        .hasText("Напряжение батареи, В: до 3,4, Есть ошибки");
    page.click("#unfilter");
    total("260 модулей");
    go("?f=rssi:..-95;bit:HARDWARE.3");
    total("0 модулей");
    page.locator(".terms .chip").first().click();
    total("1 модуль");
    go("?f=battery:low");
    assertThat(page.locator("#modules-empty")).containsText("«battery:low»");
    page.click("#unrefuse");
    total("260 модулей");
    go("?g=" + (Fleet.ID + 77));
    assertThat(page.locator("#modules-empty h3")).hasText("Отбор из ссылки не разобран");
  }

  @Test
  void aColumnIsFilteredInThePanel() {
    page.click("#to-filter");
    assertThat(page.locator("#side-title")).hasText("Отбор по столбцам");
    page.fill("[name='q.BATTERY.to']", "x");
    page.click("#filter-apply");
    assertThat(page.locator("[name='q.BATTERY.to']")).hasAttribute("aria-invalid", "true");
    picture("filter");
    page.fill("[name='q.BATTERY.to']", "");
    page.fill("[name='q.TEMPERATURE.from']", "10,5");
    page.fill("[name='q.TEMPERATURE.to']", "12");
    page.fill("[name='q.MODEL']", "642, 447");
    page.fill("[name='q.silent']", "1");
    page.press("[name='q.silent']", "Enter");
    total("0 модулей");
    assertThat(page.locator(".terms")).containsText("Молчит дольше 1 периода");
    assertThat(page.locator(".terms")).containsText("ещё 1");
    page.fill("[name='q.silent']", "");
    page.press("[name='q.silent']", "Enter");
    total("14 модулей");
    assertThat(page.locator(".terms")).containsText("Температура, °C: от 10,5 до 12");
    page.fill("[name='q.HARDWARE']", "3");
    page.fill("[name='q.TEMPERATURE.from']", "");
    page.fill("[name='q.RECEIVED.from']", "2026-01-01T00:00");
    page.click("#filter-apply");
    total("1 модуль");
    page.click("#filter-reset");
    total("260 модулей");
    page.keyboard().press("Escape");
    assertThat(page.locator("#side-title")).hasCount(0);
  }

  @Test
  void severalGroupsAreChosen() {
    page.click("#group");
    page.locator(".groups .pick input").nth(1).check();
    picture("groups");
    page.click("#groups-go");
    total("265 модулей");
    assertThat(page.locator("#group")).hasText("2 группы");
    page.click("#group");
    page.locator(".groups .pick a").nth(1).click();
    total("5 модулей");
    assertThat(page.locator("#group")).containsText("Вторая");
    page.click("#group");
    page.click("#all");
    total("265 модулей");
  }

  @Test
  void ticksStayWhileTheTableMoves() {
    row(0).locator("td").first().click();
    assertThat(page.locator("#ticked")).hasText("1");
    cell(1, "SERIAL").click();
    page.keyboard().press("Space");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Shift+Space");
    assertThat(page.locator("#ticked")).hasText("4");
    assertThat(page.locator("#tick-all")).hasAttribute("aria-checked", "mixed");
    page.keyboard().press("Control+End");
    assertThat(page.locator("[data-grid=modules] td:focus")).hasCount(1);
    assertThat(row("600000000260")).isVisible();
    page.keyboard().press("Control+Home");
    assertThat(row("600000000001")).hasClass(Pattern.compile(".*\\btk\\b.*"));
    picture("ticks");
    head("SERIAL").click();
    assertThat(row(0)).containsText("600000000260");
    assertThat(page.locator("#ticked")).hasText("4");
    page.click("#tick-every");
    assertThat(page.locator("#ticked")).hasText("260");
    row(0).locator("td").first().click();
    assertThat(page.locator("#ticked")).hasText("259");
    page.click("#untick");
    assertThat(page.locator("#ticked")).hasCount(0);
    cell(1, "IMEI").click();
    page.keyboard().press("Control+KeyA");
    assertThat(page.locator("#ticked")).hasText("260");
    assertThat(page.locator("#tick-all")).hasAttribute("aria-checked", "true");
    quick("errors").click();
    total("1 модуль");
    assertThat(page.locator("#ticked")).hasCount(0);
  }

  @Test
  void headersSortByOneKeyAndByMore() {
    head("RSSI").click();
    assertThat(page.locator("th.k-RSSI")).hasAttribute("aria-sort", "ascending");
    assertThat(cell(0, "RSSI")).hasText("−99");
    head("SERIAL").click(new Locator.ClickOptions().setModifiers(ctrl()));
    assertThat(page.locator("th.k-SERIAL sup")).hasText("2");
    assertThat(row(0)).containsText("600000000019");
    assertThat(page).hasURL(Pattern.compile(".*o=RSSI,SERIAL.*"));
    page.keyboard().press("Control+Enter");
    assertThat(row(0)).containsText("600000000259");
    assertThat(head("SERIAL")).isFocused();
    go("");
    assertThat(row(0)).containsText("600000000259");
    page.click("#sort");
    page.getByText("Серийному номеру, по возрастанию").click();
    assertThat(row(0)).containsText("600000000001");
    cell(0, "READING").click();
    page.keyboard().press("ArrowUp");
    assertThat(head("READING")).isFocused();
    page.keyboard().press("ArrowLeft");
    assertThat(head("SERIAL")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("th.k-SERIAL")).hasAttribute("aria-sort", "descending");
  }

  @Test
  void aNumberIsFoundWhereverItIs() {
    page.keyboard().press("Control+KeyF");
    assertThat(page.locator("#find")).isFocused();
    page.keyboard().type("600000000251");
    page.keyboard().press("Enter");
    assertThat(page.locator("tr.ht")).containsText("600000000251");
    assertThat(page.locator("td.hc.k-SERIAL")).isInViewport();
    assertThat(page.locator("#find-said")).hasText("строка 251");
    assertThat(page.locator("#lower h2")).hasText("600000000251");
    picture("found");
    page.keyboard().press("Escape");
    assertThat(page.locator("tr.ht")).hasCount(0);
    find("869000000000007");
    assertThat(page.locator("td.hc.k-IMEI")).isInViewport();
    assertThat(page.locator("#lower h2")).hasText("600000000001");
    find("600000000263");
    assertThat(page.locator("#find-said")).hasText("не в отборе");
    page.click("#find-widen");
    assertThat(page.locator("td.hc.k-SERIAL")).isInViewport();
    assertThat(page.locator("#group")).hasText("Все модули");
    find("700000007");
    assertThat(page.locator("#find-said")).hasText("не найден");
    find("x");
    assertThat(page.locator("#find-said")).hasText("нужны цифры");
  }

  @Test
  void manyNumbersAreFoundAtOnce() {
    page.click("#tools");
    page.click("#to-find");
    assertThat(page.locator("#numbers")).isFocused();
    page.fill("#numbers", "600000000200\n869000000000014, 8970101000000000009 700000007 12");
    page.click("#find-go");
    assertThat(page.locator("#found-panel h3").first()).hasText("Найдены 3");
    assertThat(page.locator("#missing li")).hasText(new String[] {"700000007", "12"});
    picture("found-list");
    page.locator("[data-found]").first().click();
    assertThat(page.locator("td.hc.k-SERIAL")).isInViewport();
    page.click("#found-tick");
    assertThat(page.locator("#ticked")).hasText("3");
    page.click("#found-show");
    total("3 модуля");
    assertThat(page.locator(".terms")).containsText("Серийный номер модуля");
  }

  @Test
  void columnsAreHiddenMovedAndWidened() {
    page.click("#to-columns");
    page.uncheck("#col-IMEI");
    assertThat(page.locator("th.k-IMEI")).hasCount(0);
    page.focus("#up-RSSI");
    page.keyboard().press("Enter");
    assertThat(page.locator("th.k-RSSI + th.k-BATTERY")).hasCount(1);
    assertThat(page.locator("#up-RSSI")).isFocused();
    picture("columns");
    page.fill("#px-READING", "140");
    page.press("#px-READING", "Enter");
    assertThat(width("READING")).isEqualTo(140);
    assertThat(page.locator("#view-menu .dot")).hasCount(1);
    page.locator("#columns-panel header button").click();
    assertThat(page.locator("#columns-panel")).hasCount(0);
    BoundingBox edge = page.locator("[data-grip=RESOURCE]").boundingBox();
    page.mouse().move(edge.x + 3, edge.y + 10);
    page.mouse().down();
    page.mouse().move(edge.x + 33, edge.y + 10);
    page.waitForResponse(response -> response.url().contains("monitoring"), page.mouse()::up);
    assertThat(width("RESOURCE")).isEqualTo(100);
    head("RESOURCE").focus();
    page.waitForResponse(
        response -> response.url().contains("monitoring"),
        () -> page.keyboard().press("Shift+ArrowLeft"));
    go("");
    assertThat(page.locator("th.k-IMEI")).hasCount(0);
    assertThat(width("RESOURCE")).isEqualTo(92);
    assertThat(width("READING")).isEqualTo(140);
    page.click("#to-columns");
    page.waitForResponse(
        response -> response.url().contains("monitoring"),
        () -> page.locator("[data-density='36']").check());
    assertThat(row(3).boundingBox().height).isEqualTo(36);
    page.click("#columns-reset");
    assertThat(page.locator("th.k-IMEI")).hasCount(1);
    page.reload();
    assertThat(row(3).boundingBox().height).isEqualTo(36);
  }

  @Test
  void viewsAreKeptAndShared(Browser browser) throws Exception {
    quick("errors").click();
    total("1 модуль");
    head("BATTERY").click();
    // The answer replaces the bar, and shuts what is open in it.
    assertThat(page.locator("th.k-BATTERY")).hasAttribute("aria-sort", "ascending");
    page.click("#view-menu");
    page.click("#to-views");
    page.fill("#view-name", "Ошибки ночью");
    page.keyboard().press("Enter");
    Locator mine = page.locator("#view-list tr[data-view-row]");
    assertThat(mine).hasCount(1);
    page.locator("#views-dialog").locator("#view-add").click();
    assertThat(page.locator("#view-note")).hasText("Название — от 1 до 60 знаков.");
    page.check("[data-shared]");
    assertThat(page.locator("[data-do=view-link]")).isVisible();
    mine.locator("[data-start]").check();
    picture("views");
    String id = mine.getAttribute("data-view-row");
    page.locator("#views-dialog [data-close]").click();
    go("");
    total("1 модуль");
    assertThat(page.locator("#view-menu")).containsText("Ошибки ночью");
    assertThat(page.locator("th.k-BATTERY")).hasAttribute("aria-sort", "ascending");
    page.click("#view-menu");
    page.locator("[data-view=DUTY]").click();
    assertThat(page.locator("th.k-ICCID")).hasCount(0);
    picture("duty");
    page.click("#view-menu");
    page.locator("[data-view=MANUAL]").click();
    assertThat(page.locator("th.k-ICCID")).hasCount(1);

    try (BrowserContext other = context(browser)) {
      Page colleagues = other.newPage();
      fleet.colleague().enter(colleagues);
      colleagues.navigate(kvant.url() + "/monitoring.xhtml?view=" + id);
      assertThat(colleagues.locator("#view-menu")).containsText("Ошибки ночью");
      assertThat(colleagues.locator("#modules-foot")).containsText("1 модуль");
    }
    page.click("#view-menu");
    page.click("#to-views");
    page.waitForResponse(
        response -> response.url().contains("monitoring"), () -> page.uncheck("[data-shared]"));
    try (BrowserContext other = context(browser)) {
      Page colleagues = other.newPage();
      fleet.colleague().enter(colleagues);
      String link = kvant.url() + "/monitoring.xhtml?view=";
      assertThat(colleagues.navigate(link + id).status()).isEqualTo(404);
      assertThat(colleagues.navigate(link + "700000007").status()).isEqualTo(404);
    }
    page.locator("[data-do=view-remove]").click();
    assertThat(mine).hasCount(0);
  }

  @Test
  void keysAreListedAndDoWhatTheListSays() {
    cell(0, "SERIAL").click();
    page.keyboard().press("Shift+Slash");
    assertThat(page.locator("#keys-dialog")).isVisible();
    assertThat(page.locator("#keys-dialog dl > div")).hasCount(15);
    picture("keys");
    page.keyboard().press("Escape");
    assertThat(page.locator("#keys-dialog")).not().isVisible();
    page.keyboard().press("F10");
    assertThat(page.locator(".menu [role=menuitem]").first()).isFocused();
    page.keyboard().press("ArrowRight");
    assertThat(page.locator(".menu > li > [role=menuitem]").nth(1)).isFocused();
    page.keyboard().press("F6");
    assertThat(page.locator("#group")).isFocused();
    page.keyboard().press("F6");
    assertThat(page.locator("[data-grid=modules] td:focus")).hasCount(1);
    assertThat((boolean) page.evaluate(TAKEN)).as("Ctrl+F is taken").isTrue();
    page.focus("#find");
    assertThat((boolean) page.evaluate(TAKEN)).as("the second is the browser's").isFalse();
  }

  private static final String TAKEN =
      "() => !document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
          + " {code: 'KeyF', key: 'а', ctrlKey: true, bubbles: true, cancelable: true}))";

  @Test
  void everyScreenHasItsPlaces() {
    for (int[] size :
        List.of(new int[] {1366, 768}, new int[] {1600, 900}, new int[] {2560, 1300})) {
      page.setViewportSize(size[0], size[1]);
      assertThat((int) page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
          .isZero();
      assertThat(page.locator("#to-columns")).isInViewport();
      BoundingBox tools = page.locator(".tool").boundingBox();
      assertThat(page.locator("#to-columns").boundingBox().x).isLessThan(tools.width - 20);
      picture(size[0] + "");
    }
    assertThat(page.locator("th.k-GROUP")).isInViewport();
    page.setViewportSize(1366, 768);
    assertThat(page.locator("th.k-BATTERY")).isInViewport();
    page.setViewportSize(1024, 768);
    picture("1024");
    page.setViewportSize(800, 1100);
    assertThat(page.locator("#lower")).not().isVisible();
    cell(2, "SERIAL").click();
    page.keyboard().press("Enter");
    assertThat(page.locator("#upper")).not().isVisible();
    assertThat(page.locator("#lower h2")).hasText("600000000003");
    picture("800-lower");
    page.click("#to-upper");
    assertThat(page.locator("#upper")).isVisible();
    picture("800");
  }

  private static List<com.microsoft.playwright.options.KeyboardModifier> ctrl() {
    return List.of(com.microsoft.playwright.options.KeyboardModifier.CONTROL);
  }

  private static void find(String text) {
    page.fill("#find", text);
    page.press("#find", "Enter");
  }

  private static void total(String text) {
    assertThat(page.locator("#modules-foot > span").last()).hasText(text);
  }

  private static Locator quick(String name) {
    return page.locator("[data-quick=" + name + "]");
  }

  private static Locator head(String column) {
    return page.locator("[data-sort=" + column + "]");
  }

  private static Locator row(int number) {
    return page.locator("[data-grid=modules] tbody tr:not(.fill)").nth(number);
  }

  private static Locator row(String text) {
    return page.locator(
        "[data-grid=modules] tbody tr:not(.fill)", new Page.LocatorOptions().setHasText(text));
  }

  private static Locator cell(int number, String column) {
    return row(number).locator("td.k-" + column);
  }

  private static int width(String column) {
    return (int) page.locator("th.k-" + column).evaluate("th => th.offsetWidth");
  }

  private static void picture(String name) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    for (String theme : List.of("light", "dark")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target/browser/upper", name + " " + theme + ".png")));
    }
    page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }");
  }
}
