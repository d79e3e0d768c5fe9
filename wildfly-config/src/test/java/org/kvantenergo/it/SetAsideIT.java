package org.kvantenergo.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.browser.BrowserExtension;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;

/** «Отложенные пакеты»: what an operator sees of packets that the database refused, and does. */
@ExtendWith(BrowserExtension.class)
class SetAsideIT {

  private static final long POISON = 666;
  private static final long MODULE_TIME = 1_613_379_600L;
  private static final long IMEI = 868333030969634L;
  private static final long SERIAL = 207900001121L;

  /** A round of the server's own retries and a look of the page. */
  private static final double A_ROUND_MILLIS = 30_000;

  private static KvantInstance kvant;

  private Page page;
  private Locator frames;

  @BeforeAll
  static void start() throws Exception {
    kvant = KvantInstance.start("setaside", Map.of("kvant.demo.modules", "2"));
  }

  @AfterAll
  static void stop() {
    kvant.close();
  }

  @BeforeEach
  void begin(Page fresh) throws Exception {
    execute(
        "delete from ingest_failed",
        "alter table reading drop constraint if exists poison",
        "alter table reading add constraint poison check (record_number <> 666) not valid",
        "update account set locale = 'ru'");
    page = fresh;
    frames = page.locator("[data-grid=frames]");
  }

  @Test
  void thePoisonedOneIsShownAndIsStoredOnceItCanBe() throws Exception {
    ModuleIdentity module = ModuleIdentity.ofFleet(1);
    send(module, Talk.slice(1, MODULE_TIME, 0.125));
    long records = count("reading");
    sendUntilAcknowledged(
        module,
        Talk.slice(POISON - 1, MODULE_TIME + 3600, 12.25),
        Talk.slice(POISON, MODULE_TIME + 7200, 12.5));
    assertThat(count("reading")).isEqualTo(records);

    signIn("/monitoring.xhtml");
    assertThat(page.locator("#aside")).hasText("Отложено 1");
    page.click("#aside a");
    assertThat(page).hasTitle("Отложенные пакеты — Квант-Энерго");
    assertThat(rows(frames)).hasCount(1);
    List<String> row = cells(frames, 0);
    assertThat(row.subList(3, 8))
        .containsExactly(
            Long.toString(module.imei()),
            Long.toString(module.serial()),
            "Показания",
            "2",
            "23514");
    assertThat(row.get(8)).contains("violates check constraint \"poison\"");
    assertThat(page.locator("#why")).containsText("23514 Нарушено ограничение базы данных.");
    Locator content = page.locator("[data-grid=content]");
    assertThat(rows(content)).hasCount(2);
    assertThat(cells(content, 1))
        .containsExactly(
            "2",
            "666",
            "15.02.2021 14:00:00",
            "15.02.2021 14:00:00",
            "12,5",
            "0,08",
            "21,5",
            "3,64",
            "4097 срез");
    assertThat(page.locator(".hex > div").first()).containsText("02 99 02 00 00");

    execute("alter table reading drop constraint poison");
    frames.locator("[data-tick]").click();
    assertThat(page.locator("#ticked")).hasText("Отмечено 1");
    page.click("#try-again");
    assertThat(page.locator("#device"))
        .containsText(
            "Сохранён", new LocatorAssertions.ContainsTextOptions().setTimeout(A_ROUND_MILLIS));
    assertThat(page.locator("#show-waiting")).hasText("Ждут 0");
    assertThat(rows(frames)).hasCount(0);
    assertThat(page.locator("#upper .empty h3")).hasText("Отложенных пакетов нет");
    assertThat(count("reading")).isEqualTo(records + 2);
    page.click("#show-stored");
    assertThat(rows(frames)).hasCount(1);
    assertThat(cells(frames, 0).get(11)).startsWith("Сохранён ");
    page.click("#back");
    assertThat(page.locator("#group")).isVisible();
    assertThat(page.locator("#aside a")).hasCount(0);
  }

  @Test
  void tableSaysWhatAnOperatorAsks() throws Exception {
    keep(
        new Readings(List.of(Talk.slice(7, MODULE_TIME, 1.5))),
        "23514",
        "storing 1 records: ERROR: no");
    keep(
        new Info(1, 9, 60, -85, 2, 3, "internet.mts.ru", "mts", "secret"), "22003", "out of range");
    signIn("/setaside.xhtml");
    assertThat(frames.locator("thead th").allInnerTexts().stream().map(SetAsideIT::plain).toList())
        .containsExactly(
            "",
            "№",
            "Время получения пакета",
            "Прибор IMEI",
            "Прибор серийный номер",
            "Тип пакета",
            "Записей в пакете",
            "Ошибка SQLSTATE",
            "Ошибка текст базы данных",
            "Попыток повтора",
            "Следующая попытка",
            "Состояние");
    assertThat(cells(frames, 0).subList(3, 10))
        .containsExactly(
            Long.toString(IMEI),
            Long.toString(SERIAL),
            "Сведения",
            "",
            "22003",
            "out of range",
            "0");
    assertThat(cells(frames, 1).get(8)).isEqualTo("no");
    assertThat(cells(frames, 1).get(11)).isEqualTo("Ждёт повтора");
    assertThat(page.locator(".facts")).containsText("internet.mts.ru");
    assertThat(page.locator("#lower")).not().containsText("secret");
    assertThat(page.locator(".dump")).containsText("Не показаны");
    picture("light");
    page.locator("[data-toggle-theme]").click();
    rows(frames).nth(1).locator("td").nth(3).click();
    assertThat(page.locator(".hex > div")).hasCount(4);
    frames.locator("[data-tick]").last().click();
    picture("dark");
    page.locator("[data-toggle-theme]").click();
    page.setViewportSize(1366, 768);
    picture("1366");
    page.setViewportSize(1600, 900);
    page.click("#user");
    page.click("#language");
    assertThat(page).hasTitle("Packets set aside — Kvant-Energo");
    assertThat(rows(frames).nth(1).locator("td").nth(11)).hasText("Waiting");
  }

  @Test
  void keyboardIsEnough() throws Exception {
    for (int i = 0; i < 5; i++) {
      keep(new Readings(List.of(Talk.slice(i, MODULE_TIME + i, i))), "23514", "no");
    }
    signIn("/setaside.xhtml");
    rows(frames).first().locator("td").nth(3).click();
    page.keyboard().press("ArrowDown");
    assertThat(rows(page.locator("[data-grid=content]")).first().locator("td").nth(1)).hasText("3");
    page.keyboard().press("Space");
    assertThat(page.locator("#ticked")).hasText("Отмечено 1");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Shift+Space");
    assertThat(page.locator("#ticked")).hasText("Отмечено 3");
    page.keyboard().press("Control+a");
    assertThat(page.locator("#ticked")).hasText("Отмечено 5");
    page.keyboard().press("Space");
    assertThat(page.locator("#ticked")).hasText("Отмечено 4");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-grid=content] td:focus")).hasCount(1);
    page.keyboard().press("Escape");
    assertThat(frames.locator("td:focus")).hasCount(1);
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#hurried")).hasText("На повтор в течение 10 с: 4 пакета");
    assertThat(page.locator("#ticked")).hasText("");
    page.keyboard().press("F6");
    assertThat(page.locator(".split")).isFocused();
  }

  @Test
  void longListScrollsInWindows() throws Exception {
    keep(new Readings(List.of(Talk.slice(1, MODULE_TIME, 1))), "23514", "no");
    execute(
        """
        insert into ingest_failed (failed_at, received_at, kind, imei, serial, session_id, node,
          remote_address, frame_type, payload, sql_state, message, next_try_at)
        select failed_at, received_at, kind, imei, serial, session_id, node, remote_address,
          frame_type, payload, sql_state, message, next_try_at
        from ingest_failed, generate_series(1, 299)
        """);
    signIn("/setaside.xhtml");
    assertThat(page.locator("#frames-foot")).containsText("300 пакетов");
    assertThat(rows(frames)).hasCount(80);
    frames.evaluate("box => { box.scrollTop = box.scrollHeight; }");
    assertThat(rows(frames).last().locator("td").nth(1)).hasText("300");
    page.click("#tick-all");
    assertThat(page.locator("#ticked")).hasText("Отмечено 300");
    frames.evaluate("box => { box.scrollTop = 0; }");
    assertThat(rows(frames).first().locator("td").nth(1)).hasText("1");
    assertThat(rows(frames).first()).hasClass(Pattern.compile(".*\\btk\\b.*"));
  }

  /** One that waits for an hour. */
  private static void keep(Packet packet, String sqlState, String message) throws Exception {
    try (Connection connection = kvant.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into ingest_failed (failed_at, received_at, kind, imei, serial, session_id,
                  node, remote_address, frame_type, payload, sql_state, message, next_try_at)
                values (now(), now(), 'MODULE', ?, ?, 77, 'node-1', '127.0.0.1:40000', ?, ?, ?, ?,
                  now() + interval '1 hour')
                """)) {
      insert.setLong(1, IMEI);
      insert.setLong(2, SERIAL);
      insert.setInt(3, packet.type());
      insert.setBytes(4, PacketEncoder.payload(packet));
      insert.setString(5, sqlState);
      insert.setString(6, message);
      insert.executeUpdate();
    }
  }

  /** A lone one is set aside when it comes again; a module comes again by itself. */
  private static void sendUntilAcknowledged(ModuleIdentity module, Reading... records)
      throws Exception {
    Packet.Downlink answer = send(module, records);
    if (answer.equals(new Reject(Reject.Reason.STORAGE_UNAVAILABLE))) {
      answer = send(module, records);
    }
    assertThat(answer).isEqualTo(new Ack(false, 0));
  }

  /** The answer to the records, or the REJECT that ended the session. */
  private static Packet.Downlink send(ModuleIdentity module, Reading... records) throws Exception {
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(Talk.session(module, records));
      Packet.Downlink answer = talk.answer().packet();
      for (int i = 1; i < 3 && !(answer instanceof Reject); i++) {
        answer = talk.answer().packet();
      }
      return answer;
    }
  }

  private void signIn(String path) {
    page.navigate(kvant.url() + "/");
    page.fill("#login", "dispatcher2");
    page.fill("#password", "kvant-demo-1");
    page.click("#enter");
    assertThat(page.locator("#user")).isVisible();
    page.navigate(kvant.url() + path);
    assertThat(page.locator("#user")).isVisible();
  }

  private void picture(String name) {
    if (System.getProperty("kvant.screenshots") != null) {
      page.mouse().move(0, 0);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target/browser/setaside-" + name + ".png")));
    }
  }

  private static Locator rows(Locator grid) {
    return grid.locator("tbody tr:not(.fill):not(.ui-datatable-empty-message)");
  }

  private static List<String> cells(Locator grid, int row) {
    return rows(grid).nth(row).locator("td").allInnerTexts().stream()
        .map(SetAsideIT::plain)
        .toList();
  }

  private static String plain(String text) {
    return text.replaceAll("[ \\n\\t]+", " ").strip();
  }

  private static void execute(String... statements) throws Exception {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static long count(String table) throws Exception {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
