package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Talk;
import org.kvantenergo.it.security.Estate;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** «Инструменты → Команды»: from the ticks to the proof, and what is refused on the way. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class CommandDialogIT {

  /** Locked. The next one is open, the others are blocked, silent for ever, and somebody else's. */
  private static final int MODULE = 991_091;

  private static final int OPEN = MODULE + 1;
  private static final int BLOCKED = MODULE + 2;
  private static final int SILENT = MODULE + 3;
  private static final int FOREIGN = MODULE + 4;

  private static BrowserContext context;
  private static long made;
  private static Estate estate;
  private static Estate other;
  private static Person person;
  private static Page page;

  @BeforeAll
  static void open(Browser browser, KvantInstance kvant) throws Exception {
    estate = Estate.below(kvant, "command-dialog", MODULE);
    other = Estate.below(kvant, "command-dialog-other", FOREIGN);
    person = Person.make(kvant, "command-dialog", Permission.values());
    person.role("without_second_password = true, organisation_id = " + estate.id());
    person.run(
        "update account set organisation_id = ?::bigint where login = 'command-dialog'",
        Long.toString(estate.id()));
    device(OPEN, "REGISTERED");
    device(BLOCKED, "BLOCKED");
    device(SILENT, "REGISTERED");
    session(OPEN, 60, true, 0);
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("ru-RU")
                .setTimezoneId("Europe/Moscow")
                .setViewportSize(1600, 900));
    page = context.newPage();
    person.enter(page);
  }

  private static void device(int module, String state) throws SQLException {
    ModuleIdentity identity = ModuleIdentity.unknown(module);
    person.run(
        "insert into device (id, organisation_id, group_id, kind, state, imei, serial, model)"
            + " overriding system value values"
            + " (?::bigint, ?::bigint, ?::bigint, 'MODULE', ?, ?::bigint, ?::bigint, 1)",
        Long.toString(id(module)),
        Long.toString(estate.id()),
        Long.toString(estate.id()),
        state,
        Long.toString(identity.imei()),
        serial(module));
  }

  private static long id(int module) {
    return estate.id() + module - MODULE;
  }

  private static String serial(int module) {
    return Long.toString(ModuleIdentity.unknown(module).serial());
  }

  /**
   * A session of a module that does what it is told.
   *
   * @param period what it says of itself
   * @param open whether its record says so
   * @param commands how many it is told; all are done
   */
  private static void session(int module, int period, boolean open, int commands) throws Exception {
    ModuleIdentity identity = ModuleIdentity.unknown(module);
    // Ahead by less than clocks may be: not before the results of the session before. And never the
    // same: of two records of one moment the first counts.
    long now = Math.max(made + 1, Instant.now().getEpochSecond() + 5);
    made = now;
    Reading plain = Talk.slice(now % 1_000_000, now, 1.5);
    Reading record =
        new Reading(
            plain.recordNumber(),
            now,
            plain.meterTime(),
            plain.reading(),
            plain.resource(),
            plain.temperature(),
            plain.battery(),
            0,
            0,
            0,
            0,
            0,
            open ? 4097 | 16384 : 4097,
            plain.rssi(),
            0,
            60,
            1,
            1);
    try (Talk talk = new Talk(estate.kvant().modulePort())) {
      send(
          talk,
          1,
          new Hello(
              DeviceKind.MODULE,
              identity.imei(),
              identity.serial(),
              identity.model(),
              identity.firmware(),
              identity.iccid(),
              System.nanoTime()));
      send(talk, 2, new Info(1, 0, period, -75, 0, 3, "internet", "", ""));
      send(talk, 3, new Readings(List.of(record)));
      int unanswered = 3;
      int told = 0;
      while (unanswered > 0 || told < commands) {
        if (talk.answer().packet() instanceof Command command) {
          told++;
          unanswered++;
          send(talk, 3 + told, new CommandResult(command.commandId(), 0));
        } else {
          unanswered--;
        }
      }
    }
  }

  private static void send(Talk talk, int seq, Packet packet) throws Exception {
    talk.sendAtOnce(FrameEncoder.encode(packet.type(), seq, PacketEncoder.payload(packet)));
  }

  @AfterAll
  static void close() throws Exception {
    context.close();
    estate.close();
    other.close();
  }

  @BeforeEach
  void load() {
    page.navigate(estate.kvant().url() + "/monitoring.xhtml?device=" + id(OPEN));
    assertThat(page.locator("#live.on")).isVisible();
  }

  private static void picture(String name) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    for (String theme : List.of("light", "dark")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      for (int width : List.of(1366, 1600)) {
        page.setViewportSize(width, width == 1366 ? 768 : 900);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of("target/browser/commands", name + " " + theme + " " + width + ".png")));
      }
    }
    page.evaluate("document.documentElement.dataset.theme = 'light'");
  }

  /**
   * The dialog alone, for the manual: with all that is behind it the picture would be too large.
   */
  private static void dialog() {
    if (System.getProperty("kvant.screenshots") != null) {
      page.locator("#order-dialog")
          .screenshot(
              new Locator.ScreenshotOptions()
                  .setPath(Path.of("target/browser/commands/sending light 1366.png")));
    }
  }

  private static long queued() throws SQLException {
    try (var connection = estate.kvant().connect();
        var statement =
            connection.prepareStatement("select count(*) from command_request where login = ?")) {
      statement.setString(1, person.login());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void menu(String command) {
    page.keyboard().press("Alt+KeyK");
    page.locator("#tools ~ .sheet [data-command=" + command + "]").click();
    assertThat(page.locator("#order-title")).isVisible();
  }

  private static Locator said(String field) {
    return page.locator("#order-" + field + "-said");
  }

  private static Locator fate(String fate) {
    return page.locator("[data-fate=" + fate + "]");
  }

  private static void wrong(String field, String value, String text) {
    page.fill("#order-" + field, value);
    assertThat(said(field)).hasText(text);
    assertThat(page.locator("#order-" + field)).hasAttribute("aria-invalid", "true");
  }

  private static Locator states() {
    return page.locator("[data-grid=orders] .cst");
  }

  private static void states(String... newestFirst) {
    assertThat(states()).hasCount(newestFirst.length);
    for (int i = 0; i < newestFirst.length; i++) {
      assertThat(states().nth(i)).hasAttribute("data-state", newestFirst[i]);
    }
  }

  private static void aim(String aim) {
    page.locator("[name=order-aim][value=" + aim + "] + span").click();
  }

  @Test
  void tickedModulesAreOpenedChangedVerifiedAndLockedBeforeOnesEyes() throws Exception {
    long before = queued();
    assertThat(page.locator("#alarms .n")).hasText("1");
    assertThat(page.locator("#device-mode")).hasText("Открыт, сам не закроется");
    for (int module : List.of(MODULE, OPEN)) {
      page.locator("tr:has([data-id='" + id(module) + "']) td.ck").click();
    }
    assertThat(page.locator("#ticked")).hasText("2");
    page.click("#command-ticked");
    page.locator("#modules-foot [data-command=SCHEDULE]").click();
    assertThat(page.locator("#order-title")).hasText("Установка расписания модуля");
    assertThat(page.locator("#order-whom")).hasText("2 отмеченных модуля");
    assertThat(page.locator("#order-CONTRACT_DAY")).isFocused();
    assertThat(fate("QUEUED")).containsText("2 задания будут поставлены в очередь");
    assertThat(page.locator("#order-composite")).isChecked();
    assertThat(page.locator("#order-locked"))
        .hasText("1 модуль в метрологическом режиме и без этого откажет");

    // What is wrong stands beside its field, and nothing goes out.
    wrong("CONTRACT_DAY", "0", "От 1 до 28");
    wrong("CONTRACT_DAY", "29", "От 1 до 28");
    wrong("PERIOD", "0", "От 1 до 44640");
    picture("wrong");
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#order-CONTRACT_DAY")).isFocused();
    assertThat(queued()).isEqualTo(before);
    page.locator("[data-period='360']").click();
    assertThat(said("PERIOD")).hasText("4 выхода в сутки. От 1 до 44 640");
    assertThat(page.locator("#order-dialog [aria-invalid=true]")).hasCount(0);
    page.uncheck("#order-composite");
    assertThat(fate("LOCKED")).containsText("1 закрыт и откажет");
    page.check("#order-composite");
    assertThat(fate("LOCKED")).hasCount(0);
    assertThat(page.locator("#order-go")).containsText("Поставить 2 задания в очередь");
    picture("schedule");
    dialog();

    // Twice, as an impatient hand does.
    page.locator("#order-go").dblclick();
    assertThat(page.locator("#order-notes .toast")).containsText("2 задания в очереди");
    assertThat(page.locator("#order-notes a"))
        .hasAttribute("href", Pattern.compile("commands\\.xhtml\\?request=\\d+"));
    assertThat(page.locator("#order-dialog")).isHidden();
    assertThat(queued()).isEqualTo(before + 1);
    assertThat(page.locator("[data-grid=modules] .sg .cm")).hasCount(2);
    assertThat(page.locator("#under-way")).hasText("6");
    assertThat(page.locator("#alarms .n")).hasCount(0);
    page.click("#tab-commands");
    states("QUEUED", "QUEUED", "QUEUED");
    picture("queued");

    // The module comes, and the page shows it by itself.
    session(OPEN, 60, true, 2);
    // Whoever carried out the change was open.
    states("QUEUED", "DONE", "VERIFIED");
    session(OPEN, 360, true, 1);
    states("DONE", "VERIFIED", "VERIFIED");
    session(OPEN, 360, false, 0);
    states("VERIFIED", "VERIFIED", "VERIFIED");
    assertThat(page.locator("[data-grid=modules] .sg .cm")).hasCount(1);
    assertThat(page.locator("#device-mode")).hasCount(0);
    picture("verified");
  }

  /** Somebody types and presses the keys before the page has looked at what is typed. */
  @Test
  void whatGoesOutIsWhatStandsThere() throws Exception {
    long before = queued();
    menu("RETRIES");
    aim("LIST");
    assertThat(page.locator("#order-composite")).not().isChecked();
    page.fill("#order-RETRIES", "5");
    page.fill("#order-numbers", serial(MODULE));
    page.keyboard().press("Control+Enter");
    assertThat(page.locator("#order-notes .toast")).containsText("1 задание в очереди");
    assertThat(queued()).isEqualTo(before + 1);
    person.run(
        "update command set state = 'CANCELLED', reason = 'BY_PERSON', ended_at = now()"
            + " where state = 'QUEUED' and device_id = ?::bigint and request_id = (select max(id)"
            + " from command_request)",
        Long.toString(id(MODULE)));
  }

  @Test
  void whoCannotBeSentToIsNamedAndAnAccessPointAsksForThePassword() throws Exception {
    long before = queued();
    menu("APN");
    assertThat(page.locator("#order-whom")).containsText("Модуль " + serial(OPEN));
    aim("LIST");
    page.keyboard().press("Control+Enter");
    assertThat(said("DEVICES")).hasText("Не выбран ни один модуль");
    // Who is locked is opened first, unless somebody decides otherwise.
    page.fill("#order-numbers", "1234567");
    assertThat(fate("UNKNOWN")).containsText("1234567");
    assertThat(page.locator("#order-composite")).not().isChecked();
    page.fill("#order-numbers", serial(MODULE) + " " + serial(OPEN));
    assertThat(fate("QUEUED")).containsText("2 задания");
    assertThat(page.locator("#order-composite")).isChecked();
    assertThat(said("APN")).hasText("Заполните поле");
    page.fill(
        "#order-numbers",
        String.join(
            "\n", serial(OPEN), serial(BLOCKED), serial(SILENT), serial(FOREIGN), "1234567"));
    // Open or not, as the other tests have left it.
    assertThat(fate("QUEUED")).containsText(Pattern.compile("1 (команда|задание) будет"));
    assertThat(fate("BLOCKED")).containsText(serial(BLOCKED));
    assertThat(fate("NEVER_REPORTED")).containsText(serial(SILENT));
    assertThat(fate("UNKNOWN")).containsText(serial(FOREIGN) + ", 1234567");
    wrong("APN", "я".repeat(32), "Не длиннее 63 байт");
    page.evaluate(
        "() => { const i = document.getElementById('order-APN_PASSWORD'); i.value = 'a\\u0000b';"
            + " i.dispatchEvent(new Event('input', {bubbles: true})); }");
    assertThat(said("APN_PASSWORD")).hasText("Есть недопустимый знак");
    page.fill("#order-APN", "internet");
    page.fill("#order-APN_LOGIN", "mts");
    page.fill("#order-APN_PASSWORD", "never-shown");
    assertThat(page.locator("#order-dialog .num [aria-invalid=true]")).hasCount(0);
    assertThat(page.locator("#order-PASSWORD")).isVisible();
    picture("access point");
    page.fill("#order-PASSWORD", "wrong");
    page.keyboard().press("Control+Enter");
    assertThat(said("PASSWORD")).hasText("Пароль неверен");
    assertThat(page.locator("#order-PASSWORD")).hasValue("");
    assertThat(queued()).isEqualTo(before);
    page.uncheck("#order-composite");
    // The same again, as after an answer that was lost: the same answer, and nothing more.
    page.evaluate(
        "password => { for (let i = 0; i < 2; i++) kvantOrderSend([{name: 'password', value: password}]); }",
        Person.PASSWORD);
    assertThat(page.locator("#order-notes .toast")).hasCount(2);
    assertThat(queued()).isEqualTo(before + 1);
    assertThat(page.content()).doesNotContain("never-shown");
    page.click("#tab-commands");
    assertThat(page.locator("[data-grid=orders] tbody tr").first())
        .containsText("Точка доступа: internet");
    person.run(
        "update command set state = 'REFUSED', reason = 'BAD_ARGUMENT', result = 3, result_at = now(),"
            + " ended_at = now() where device_id = ?::bigint and state = 'QUEUED' and code = 5",
        Long.toString(id(OPEN)));
    page.click("#refresh");
    assertThat(page.locator("tr.sl .sg .da")).hasCount(1);
  }
}
