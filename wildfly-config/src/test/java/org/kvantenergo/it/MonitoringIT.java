package org.kvantenergo.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.browser.BrowserExtension;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.simulator.Replay;

/**
 * What an operator sees of the modules of the manual's figures, and what the page does by itself.
 */
@ExtendWith(BrowserExtension.class)
class MonitoringIT {
  /**
   * The module of the figures that has sent nothing yet: what it sends here harms no other test.
   */
  private static final ModuleIdentity QUIET =
      new ModuleIdentity(868333030969717L, 207900001421L, 642, 261, "8970101008538007155");

  /** Its key, as the demo's data have it. */
  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  private static final Pattern MOMENT =
      Pattern.compile("\\d\\d\\.\\d\\d\\.\\d{4} ([1-9]|\\d\\d|0):\\d\\d:\\d\\d");

  /** Without the hidden zeros that align a column. */
  private static final LocatorAssertions.HasTextOptions VISIBLE =
      new LocatorAssertions.HasTextOptions().setUseInnerText(true);

  private static KvantInstance kvant;

  private Page page;
  private Locator modules;
  private Locator records;

  @BeforeAll
  static void replay() throws Exception {
    kvant = KvantInstance.start("monitoring", Map.of());
    assertThat(Replay.run("127.0.0.1", kvant.modulePort(), new Replay.Listener() {}).stored())
        .isEqualTo(42);
  }

  @AfterAll
  static void stop() {
    kvant.close();
  }

  @BeforeEach
  void signIn(Page fresh) throws Exception {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("update account set locale = 'ru'");
      statement.execute("delete from table_choice");
    }
    page = fresh;
    page.navigate(kvant.url() + "/");
    page.fill("#login", "dispatcher2");
    page.fill("#password", "kvant-demo-1");
    page.click("#enter");
    page.waitForURL(kvant.url() + "/");
    page.navigate(kvant.url() + "/monitoring.xhtml");
    modules = page.locator("[data-grid=modules]");
    records = page.locator("[data-grid=records]");
    assertThat(rows(modules).first()).isVisible();
    // The rows are there before the scripts below them: a click in between would be lost.
    page.waitForLoadState();
  }

  @Test
  void upperTableHasTheManualsColumnsInItsOrder() {
    assertThat(page).hasTitle("Технологический режим — Квант-Энерго");
    assertThat(page.locator("#group")).hasText("НПП КП «КВАНТ»642M_MTS");
    assertThat(headers(modules))
        .containsExactly(
            "",
            "№",
            "",
            "IMEI",
            "Серийный номер модуля",
            "Показания, м³",
            "Расчётный ресурс, %",
            "Время получения пакета",
            "Время модуля",
            "Время счётчика",
            "Ошибки измер.",
            "Ошибки темпер.",
            "Ошибки контр.",
            "Ошибки калибр.",
            "Ошибки аппар.",
            "Темпера- тура, °C",
            "Напряжение батареи, В",
            "RSSI, дБм",
            "Период, мин",
            "Номер бэнда",
            "Выходов на связь",
            "Выходов за день",
            "Версия протокола",
            "Модель",
            "Дней работы",
            "Комментарий",
            "ICCID",
            "Статус",
            "idx",
            "Группа");
  }

  @Test
  void upperTableShowsTheNewestOfEachModule() {
    assertThat(rows(modules)).hasCount(4);
    List<String> first = cells(modules, 0);
    assertThat(first.subList(3, 7))
        .containsExactly("868333030969634", "207900001121", "0,00", "0,08");
    assertThat(first.get(7)).matches(MOMENT);
    assertThat(first.subList(8, 24))
        .containsExactly(
            "15.02.2021 9:45:51",
            "15.02.2021 9:00:00",
            "16",
            "0",
            "0",
            "0",
            "0",
            "21,42",
            "3,59",
            "−75",
            "60",
            "0",
            "1\u202F384",
            "23",
            "5",
            "642");
    assertThat(first.subList(25, 30)).containsExactly("", "", "5121 срез, ошибка", "1", "642M_MTS");
    // After a reset of the meter the smaller reading is the current one; the last record has none.
    assertThat(cells(modules, 1).subList(3, 10))
        .startsWith("868333030969592", "207900001221", "0,03", "0,08")
        .endsWith("15.02.2021 14:52:30", "15.02.2021 14:51:51");
    assertThat(cells(modules, 1).get(27)).isEqualTo("8192 без показания");
    assertThat(cells(modules, 2).subList(3, 7))
        .containsExactly("868333030969691", "207900001321", "0,25", "0,09");
  }

  @Test
  void lowerTableShowsEveryRecordAsItWasSent() {
    assertThat(headers(records))
        .containsExactly(
            "№",
            "Время получения пакета",
            "Расчётный ресурс, %",
            "Время модуля",
            "Время счётчика",
            "Ошибки измер.",
            "Ошибки темпер.",
            "Ошибки контр.",
            "Ошибки калибр.",
            "Ошибки аппар.",
            "Темпера- тура, °C",
            "Показания, м³",
            "Напряжение батареи, В",
            "Статус",
            "Версия протокола",
            "Модель");
    assertThat(rows(records)).hasCount(19);
    assertThat(cells(records, 0).subList(2, 16))
        .containsExactly(
            "0,0789",
            "15.02.2021 9:45:51",
            "15.02.2021 9:00:00",
            "16",
            "0",
            "0",
            "0",
            "0",
            "21,424",
            "0,0001",
            "3,588028",
            "5121 срез, ошибка",
            "5",
            "642");
    choose(1);
    assertThat(rows(records)).hasCount(22);
    assertThat(page.locator("#lower h2")).hasText("207900001221");
    Locator withoutReading = rows(records).first().locator("td").nth(11);
    assertThat(withoutReading.locator("s")).hasText("0", VISIBLE);
    assertThat(cells(records, 1).get(11)).isEqualTo("0,0337644");
  }

  @Test
  void extendedInformationHasOneRowASession() {
    choose(1);
    assertThat(page.locator("#lower h2")).hasText("207900001221");
    page.click("#tab-sessions");
    Locator sessions = page.locator("[data-grid=sessions]");
    assertThat(rows(sessions)).hasCount(22);
    assertThat(headers(sessions))
        .containsExactly(
            "№",
            "Время получения пакета",
            "ICCID",
            "Контрактный день",
            "Контрактный час",
            "Период обмена, мин",
            "APN, логин, пароль",
            "RSSI, дБм",
            "Количество (доля) ошибок",
            "Серийный номер модуля");
    List<String> newest = cells(sessions, 0);
    assertThat(newest.get(1)).matches(MOMENT);
    assertThat(newest.subList(2, 10))
        .containsExactly("8970101008538006975", "1", "0", "60", ",,", "−81", "0", "207900001221");
  }

  @Test
  void newPacketShowsWithoutAReload() throws Exception {
    page.evaluate("window.sameDocument = true");
    choose(3);
    assertThat(page.locator("#lower h2")).hasText("207900001421");
    long now = Instant.now().getEpochSecond();
    double reading = 100 + now % 100 / 100.0;
    send(QUIET, KEY, now, reading);
    String shown = "%.2f".formatted(reading).replace('.', ',');
    assertThat(rows(modules).nth(3).locator("td").nth(5)).hasText(shown);
    assertThat(rows(records).first().locator("td").nth(12)).hasText("3,64", VISIBLE);
    assertThat(page.locator("#live")).containsText("Последний пакет");
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(rows(modules).nth(3)).hasClass(Pattern.compile(".*\\bsl\\b.*"));
  }

  @Test
  void aPacketChangesCellsOfItsRowAndNothingElse() throws Exception {
    page.setViewportSize(1366, 768);
    page.click("#to-columns");
    page.uncheck("#col-PERIOD");
    assertThat(page.locator("th.k-PERIOD")).hasCount(0);
    choose(0);
    assertThat(page.locator("#lower h2")).hasText("207900001121");
    rows(modules).nth(3).locator("td.ck").click();
    assertThat(page.locator("#ticked")).hasText("1");
    page.evaluate("() => { window.focused = document.activeElement; }");
    int left = (int) modules.evaluate("box => { box.scrollLeft = 700; return box.scrollLeft; }");
    page.evaluate(
        "document.querySelectorAll('[data-grid=modules] td').forEach(cell => { cell.before = true; })");
    long now = Instant.now().getEpochSecond() + 1;
    send(QUIET, KEY, now, 300 + now % 100 / 100.0);
    Locator time = rows(modules).nth(3).locator("td.k-MODULE_TIME");
    String shown = time.innerText();
    send(QUIET, KEY, now + 1, 400.25);
    assertThat(rows(modules).nth(3).locator("td.k-READING")).hasText("400,25");
    assertThat(time).not().hasText(shown, VISIBLE);
    assertThat(
            (int)
                page.evaluate(
                    "[...document.querySelectorAll('[data-grid=modules] td')]"
                        + ".filter(cell => !cell.before).length"))
        .isEqualTo(0);
    assertThat(rows(modules).nth(3)).hasClass(Pattern.compile(".*\\btk\\b.*"));
    assertThat(rows(modules).nth(3).locator("td.rn")).hasText("4");
    assertThat(rows(modules).nth(0)).hasClass(Pattern.compile(".*\\bsl\\b.*"));
    assertThat(page.evaluate("window.focused === document.activeElement")).isEqualTo(true);
    assertThat(modules.evaluate("box => box.scrollLeft")).isEqualTo(left);
    assertThat(modules.locator("td.k-PERIOD")).hasCount(0);
  }

  @Test
  void fetchedRowsAreThoseOfThePage() {
    // Parsed alike, because a browser writes some characters otherwise than the server.
    String different =
        """
        async () => {
          const rows = [...document.querySelectorAll('[data-grid=modules] tbody tr')];
          const ids = rows.map(row => row.querySelector('[data-id]').dataset.id);
          const columns = [...document.querySelectorAll('th [data-sort]')].map(c => c.dataset.sort);
          const text = await new Promise(done => {
            const socket = new WebSocket('ws://' + location.host + '/push');
            socket.onopen = () => { socket.send(ids + ';' + columns); socket.send('again'); };
            socket.onmessage = m => { if (m.data.includes('\\n')) { socket.close(); done(m.data); } };
          });
          const news = new DOMParser().parseFromString(text, 'text/html');
          const cells = rows.map((row, i) => columns.concat('SIGNS').map(column =>
            [row.querySelector('td.k-' + column).innerHTML,
             news.querySelector('[data-id="' + ids[i] + '"] .k-' + column).innerHTML])).flat();
          return [cells.length].concat(cells.filter(pair => pair[0] !== pair[1]));
        }""";
    assertThat(page.evaluate(different)).isEqualTo(List.of(4 * 28));
  }

  /** A connection that says nothing is none: the page says so, and takes another. */
  @Test
  void aSilentConnectionIsReplaced() {
    AtomicInteger connections = new AtomicInteger();
    page.routeWebSocket(
        Pattern.compile("/push$"),
        route -> {
          if (connections.incrementAndGet() > 1) {
            route.connectToServer();
          }
        });
    page.reload();
    assertThat(page.locator("body.stale")).hasCount(1);
    assertThat(page.locator("body.stale")).hasCount(0);
    assertThat(page.locator("#live.on")).isVisible();
    assertThat(connections).hasValue(2);
  }

  @Test
  void unknownModuleIsShownApart() throws Exception {
    long now = Instant.now().getEpochSecond();
    send(ModuleIdentity.unknown(1), null, now, 7.5);
    page.reload();
    page.click("#strangers");
    assertThat(rows(modules)).hasCount(1);
    assertThat(cells(modules, 0).subList(3, 6))
        .containsExactly("861000000000001", "310000000001", "7,50");
    assertThat(page.locator("#lower")).containsText("Не зарегистрирован");
    assertThat(page.locator("#swap")).hasCount(0);

    send(new ModuleIdentity(868333030969634L, 310000000002L, 642, 261, ""), null, now, 8.5);
    page.click("#refresh");
    assertThat(rows(modules)).hasCount(2);
    choose(1);
    assertThat(page.locator("#swap"))
        .hasText("Возможна подмена: IMEI у модуля 207900001121", VISIBLE);
  }

  @Test
  void aRecordSaysHowItCame() {
    choose(1);
    assertThat(rows(records)).hasCount(22);
    records.locator("a.how").nth(1).click();
    assertThat(page).hasTitle("Происхождение записи — Квант-Энерго");
    assertThat(page.locator("h1")).hasText("207900001221");
    assertThat(page.locator(".custody")).containsText("время модуля 15.02.2021");
    assertThat(page.locator(".custody")).containsText("54 байта те же, что при приёме");
    // When the ACK went out is noted half a second after the batch.
    page.waitForCondition(
        () -> {
          page.reload();
          return page.locator(".custody").textContent().contains("Весь кадр");
        });
    Locator frame = page.locator(".custody pre").nth(1);
    assertThat(frame.textContent()).startsWith("0000  4B 56 05 00 02 ");
    assertThat(page.locator(".custody")).containsText("127.0.0.1:");
    assertThat(page.locator(".custody dd.da")).hasCount(0);

    String link = page.url();
    assertThat(page.navigate(link.replaceAll("record=\\d+", "record=1")).status()).isEqualTo(404);
    assertThat(page.navigate(link + "0").status()).isEqualTo(404);
    page.navigate(link);
    page.getByText("К модулям").click();
    assertThat(rows(modules).first()).isVisible();
    page.navigate(link);
    page.click("#sign-out");
    page.navigate(link);
    assertThat(page.locator("#password")).isVisible();
  }

  @Test
  void groupsAndOrderAreChosenInMenus() {
    page.click("#sort");
    page.getByText("Серийному номеру, по убыванию").click();
    assertThat(rows(modules).first().locator("td").nth(4)).hasText("207900001421");
    page.click("#group");
    page.getByText("642R_RADIO").first().click();
    assertThat(rows(modules)).hasCount(2);
    assertThat(page.locator("#group")).containsText("642R_RADIO");
    page.click("#refresh");
    assertThat(rows(modules)).hasCount(2);
  }

  @Test
  void keyboardIsEnough() {
    rows(modules).first().locator("td").nth(3).click();
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#lower h2")).hasText("207900001221");
    assertThat(rows(records)).hasCount(22);
    page.keyboard().press("Enter");
    assertThat(records.locator("td:focus")).hasCount(1);
    page.keyboard().press("Escape");
    assertThat(modules.locator("td:focus")).hasCount(1);
    page.keyboard().press("F6");
    assertThat(page.locator(".split")).isFocused();
  }

  @Test
  void englishSpeaksWithAPoint() {
    page.click("#user");
    page.click("#language");
    assertThat(page).hasTitle("Technological mode — Kvant-Energo");
    // The title comes before the table does.
    assertThat(rows(modules)).hasCount(4);
    assertThat(headers(modules)).contains("Reading, m³", "RSSI, dBm");
    assertThat(cells(modules, 0).get(15)).isEqualTo("21.42");
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    page.click("#user");
    page.click("#language");
    assertThat(page).hasTitle("Технологический режим — Квант-Энерго");
  }

  @Test
  void headAndIdentityStayInSight() {
    page.setViewportSize(1366, 768);
    Locator imei = rows(modules).first().locator("td").nth(3);
    double before = imei.boundingBox().x;
    modules.evaluate("box => { box.scrollLeft = 900; }");
    assertThat(imei.boundingBox().x).isEqualTo(before);
    assertThat((int) modules.evaluate("box => box.scrollLeft")).isGreaterThan(500);
    assertThat(
            (String) modules.locator("th").first().evaluate("th => getComputedStyle(th).position"))
        .isEqualTo("sticky");
  }

  @Test
  void pictureOfTheReadme() {
    choose(0);
    assertThat(rows(records)).hasCount(19);
    assertThat(page.locator("#live")).hasClass(Pattern.compile(".*\\bon\\b.*"));
    if (System.getProperty("kvant.screenshots") != null) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("../docs/images/monitoring.png")));
    }
  }

  private static void send(ModuleIdentity module, byte[] key, long moduleTime, double reading)
      throws Exception {
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(Talk.session(module, key, Talk.slice(1, moduleTime, reading)));
      talk.answers(3);
    }
  }

  private void choose(int row) {
    rows(modules).nth(row).locator("td").nth(3).click();
  }

  private static Locator rows(Locator grid) {
    return grid.locator("tbody tr:not(.fill)");
  }

  private static List<String> headers(Locator grid) {
    return grid.locator("thead th").allInnerTexts().stream().map(MonitoringIT::plain).toList();
  }

  private static List<String> cells(Locator grid, int row) {
    return rows(grid).nth(row).locator("td").allInnerTexts().stream()
        .map(MonitoringIT::plain)
        .toList();
  }

  private static String plain(String text) {
    return text.replaceAll("[ \\n\\t]+", " ").strip();
  }
}
