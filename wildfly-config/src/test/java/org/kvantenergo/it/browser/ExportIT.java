package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kvantenergo.shared.Permission.READ_DEVICES;
import static org.kvantenergo.shared.Permission.READ_SECRETS;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/**
 * Tables that are taken away: by the page, in every format, opened by other programs and compared
 * with the database; and what happens when one is not wanted any more, or cannot be ended.
 */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class ExportIT {

  private static final List<String> FORMATS = List.of("XLSX", "CSV", "TSV", "XML", "HTML", "PDF");

  private static final int FEW = 60;

  private static KvantInstance kvant;
  private static Person reads;
  private static Person knows;

  @BeforeAll
  static void fleet(KvantInstance shared) throws Exception {
    kvant = shared;
    clear();
    reads = Person.make(kvant, "export-reads", READ_DEVICES);
    knows = Person.make(kvant, "export-knows", READ_DEVICES, READ_SECRETS);
    run(
        """
        insert into organisation (id, name) overriding system value
          values (77001, 'Выгрузка'), (77002, 'Чужая выгрузка');
        update account set organisation_id = 77001 where login like 'export-%';
        update role set organisation_id = 77001 where name like 'export-%';
        insert into device_group (id, organisation_id, name, position) overriding system value
          values (77001, 77001, 'МАЛАЯ', 1), (77002, 77001, 'БОЛЬШАЯ', 2), (77003, 77002, 'ЧУЖАЯ', 1);
        insert into device (id, organisation_id, group_id, kind, state, imei, serial, model, comment)
            overriding system value
          select 7700000 + n, case when n = 1 then 77002 else 77001 end,
            case when n = 1 then 77003 when n <= 61 then 77001 else 77002 end, 'MODULE',
            'REGISTERED', 77000000000000 + n, 770000000000 + n, 642,
            case n % 3 when 0 then '=HYPERLINK("http://x")' when 1 then 'Кв. ' || n else '' end
          from generate_series(1, 20062) n;
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
            module_time, record_number, received_at, meter_time, resource, temperature, battery,
            measurement_errors, temperature_errors, control_errors, calibration_errors,
            hardware_errors, status, rssi, band, period_minutes, sessions_total, sessions_day,
            reading, reading_module_time, reading_record_number)
          select id, 1, 5, 642, '8970101008538' || lpad((id % 1000000)::text, 6, '0'), t, t, 1, t, t,
            case when id % 7 = 0 then 'NaN' else 5.65 end, -3.6, 3.61, 0, 4, 0, 0, 0, 4097, -77, 0,
            60, 5085, 24, (id % 1000) * 1.2345678, t, 1
          from device, (select timestamptz '2021-02-15T11:00:00Z' as t) at
          where id between 7700001 and 7720062;
        insert into reading (device_id, module_time, record_number, digest, meter_time, received_at,
            session_id, reading, resource, temperature, battery, measurement_errors,
            temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi,
            band, period_minutes, sessions_total, sessions_day, marks)
          select 7700002, t, n, n, t, t, 1, n * 0.1234567, 5.6513, 20.163, 3.612, 0, 0, 0, 0, 0, 4097,
            -77, 0, 60, n, 24, 0
          from generate_series(1, 400) n,
            lateral (select timestamptz '2021-02-01Z' + n * interval '1 hour' as t) at;
        insert into device_session (id, device_id, node, remote_address, opened_at, protocol, model,
            firmware, iccid, info_at, contract_day, contract_hour, period_minutes, info_rssi,
            error_count, retries, apn, apn_login, apn_password, info_odd)
          select 770000000 + n, 7700002, 'n', '127.0.0.1:1', t, 5, 642, 261, '8970101008538070880', t,
            1, 10, 60, -77, n, 3, 'iot.apn', 'user', '=secret', false
          from generate_series(1, 50) n,
            lateral (select timestamptz '2021-02-01Z' + n * interval '1 hour' as t) at;
        """);
  }

  @AfterAll
  static void clear() throws Exception {
    run(
        """
        delete from device_session where device_id between 7700001 and 7720062;
        delete from reading where device_id = 7700002;
        delete from device_state where device_id between 7700001 and 7720062;
        delete from device where id between 7700001 and 7720062;
        delete from device_group where id between 77001 and 77003;
        delete from account where login like 'export-%';
        delete from role where name like 'export-%';
        delete from organisation where id in (77001, 77002);
        """);
  }

  @Test
  void everyTableInEveryFormatIsWhatTheDatabaseHas(Page page) throws Exception {
    reads.enter(page);
    page.navigate(kvant.url() + "/monitoring.xhtml?g=77001");
    for (String format : FORMATS) {
      Opened modules = export(page, "MODULES", format);
      Opened readings = export(page, "READINGS", format);
      Opened sessions = export(page, "SESSIONS", format);
      assertThat(modules.name())
          .matches(
              "Модули МАЛАЯ \\d{4}-\\d\\d-\\d\\d \\d\\d-\\d\\d\\."
                  + format.toLowerCase(java.util.Locale.ROOT));
      assertThat(readings.name()).startsWith("Показания 770000000002 ");
      assertThat(sessions.name()).startsWith("Сеансы 770000000002 ");
      if (format.equals("PDF")) {
        assertThat(modules.text().split("642 0 Кв|642 Кв|77000000", -1).length).isGreaterThan(FEW);
        assertThat(readings.text()).contains("Показания 770000000002", "49,38268", "стр. 1 / ");
        assertThat(sessions.text()).contains("•••").doesNotContain("secret");
        continue;
      }
      boolean xml = format.equals("XML");
      assertThat(modules.rows()).as(format).hasSize(FEW);
      assertThat(modules.column(xml ? "serial" : "Серийный номер модуля"))
          .containsExactlyElementsOf(
              list(
                  "select lpad(serial::text, 12, '0') from device where group_id = 77001 order by serial"));
      assertThat(modules.sum(xml ? "reading" : "Показания, м³"))
          .isEqualTo(
              sum(
                  "select sum(s.reading::text::numeric) from device_state s join device d on d.id = s.device_id where d.group_id = 77001"));
      assertThat(modules.column(xml ? "imei" : "IMEI"))
          .allMatch(i -> i.matches("077000000000\\d{3}"));
      assertThat(modules.column(xml ? "resource" : "Расчётный ресурс, %")).contains("NaN");
      boolean runs = format.equals("XLSX") || xml;
      assertThat(modules.column(xml ? "comment" : "Комментарий"))
          .contains((runs ? "" : "'") + "=HYPERLINK(\"http://x\")");
      assertThat(readings.rows()).hasSize(400);
      assertThat(readings.sum(xml ? "reading" : "Показания, м³"))
          .isEqualTo(
              sum("select sum(reading::text::numeric) from reading where device_id = 7700002"));
      assertThat(sessions.rows()).hasSize(50);
      assertThat(sessions.sum(xml ? "errorCount" : "Количество ошибок"))
          .isEqualTo(new BigDecimal("1275"));
      assertThat(sessions.column(xml ? "access" : "APN, логин, пароль")).containsOnly("•••");
    }
    assertThat(
            list(
                "select action || ' ' || after from audit where login = 'export-reads' and action = 'TABLE_EXPORTED' order by id limit 1"))
        .singleElement()
        .asString()
        .contains(
            "filter=Группа: МАЛАЯ; порядок: Серийный номер модуля по возрастанию",
            "format=XLSX",
            "rows=60",
            "table=modules")
        .doesNotContain("secrets");
  }

  @Test
  void whatIsTickedIsTakenAndSecretsByWhoMayReadThem(Page page) throws Exception {
    knows.enter(page);
    page.navigate(kvant.url() + "/monitoring.xhtml?g=all&o=SERIAL-&device=7700002");
    Locator rows = page.locator("[data-grid=modules] tbody tr:not(.fill)");
    assertThat(rows.first()).isVisible();
    page.waitForLoadState();
    rows.nth(0).locator("td.ck").click();
    rows.nth(2).locator("td.ck").click();
    assertThat(page.locator("#ticked")).hasText("2");
    page.locator("#export-ticked").click();
    Opened ticked = chosen(page, "CSV");
    assertThat(ticked.column("Серийный номер модуля"))
        .containsExactly("770000020062", "770000020060");
    Opened all = export(page, "MODULES", "TSV");
    assertThat(all.rows()).hasSize(20_061);
    assertThat(all.column("Серийный номер модуля")).doesNotContain("770000000001");
    Opened sessions = export(page, "SESSIONS", "CSV");
    assertThat(sessions.column("APN, логин, пароль")).containsOnly("iot.apn,user,=secret");
    assertThat(
            list(
                "select after from audit where login = 'export-knows' and action = 'TABLE_EXPORT_BEGUN' order by id desc limit 1"))
        .singleElement()
        .asString()
        .contains("secrets=true");
    ask(page, "MODULES", "PDF");
    page.locator("#export-go").click();
    assertThat(note(page, "TOO_MANY")).containsText("Для PDF слишком много строк");
  }

  @Test
  void cancellingStopsTheCursorAndABrokenFileIsSeenToBeBroken(Page page) throws Exception {
    reads.enter(page);
    page.navigate(kvant.url() + "/monitoring.xhtml?g=77002");
    assertThat(page.locator("[data-grid=modules] tbody tr:not(.fill)").first()).isVisible();
    page.waitForLoadState();
    try (Stalled first = Stalled.begin(kvant, page, "HTML");
        Stalled second = Stalled.begin(kvant, page, "XML")) {
      awaitCursors(2);
      ask(page, "MODULES", "CSV");
      page.locator("#export-go").click();
      assertThat(note(page, "BUSY_PERSON")).containsText("Уже идут две ваши выгрузки");
      Locator running = note(page, "RUNNING");
      assertThat(running).hasCount(2);
      assertThat(running.first()).containsText(Pattern.compile("строк: \\d.* из 20.001"));
      running.first().locator("[data-cancel-export]").click();
      assertThat(note(page, "CANCELLED")).containsText("Отменено, файл неполный");
      assertThat(first.rest()).doesNotContain("</html>").doesNotEndWith("0\r\n\r\n");
      awaitCursors(1);
      try (Connection connection = kvant.connectAsSuperuser();
          Statement statement = connection.createStatement()) {
        statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where " + CURSOR);
      }
      assertThat(second.rest()).doesNotContain("</modules>").doesNotEndWith("0\r\n\r\n");
      assertThat(note(page, "FAILED")).containsText("Не удалось выгрузить");
    }
    assertThat(
            list(
                "select action from audit where login = 'export-reads' and action = 'TABLE_EXPORT_BROKEN'"))
        .hasSize(2);
  }

  private static final String CURSOR =
      "(query like '%with ordinality as page(id, place)%' or query like 'select l.id from%')"
          + " and state <> 'idle' and pid <> pg_backend_pid()"
          + " and datname = 'kvant'";

  private static void awaitCursors(int number) throws SQLException {
    String sql = "select count(*) from pg_stat_activity where " + CURSOR;
    while (!list(sql).get(0).equals(Integer.toString(number))) {
      Thread.onSpinWait();
    }
  }

  private static Locator note(Page page, String state) {
    return page.locator("#export-notes .toast[data-state=" + state + "]");
  }

  private static Opened export(Page page, String table, String format) throws Exception {
    ask(page, table, format);
    return chosen(page, format);
  }

  private static void ask(Page page, String table, String format) {
    page.locator("#file").click();
    page.locator(".menu [data-table=" + table + "]").click();
    page.locator("#export-dialog [name=format][value=" + format + "]").check();
  }

  private static Opened chosen(Page page, String format) throws Exception {
    page.locator("#export-dialog [name=format][value=" + format + "]").check();
    Download download = page.waitForDownload(() -> page.locator("#export-go").click());
    assertThat(download.failure()).isNull();
    return Opened.of(download, format);
  }

  private static BigDecimal sum(String sql) throws SQLException {
    return new BigDecimal(list(sql).get(0)).stripTrailingZeros();
  }

  private static List<String> list(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new java.util.ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
