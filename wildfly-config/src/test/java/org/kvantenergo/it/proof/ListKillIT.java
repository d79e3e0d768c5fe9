package org.kvantenergo.it.proof;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.KvantInstance.DatabaseEnd;
import org.kvantenergo.it.browser.BrowserExtension;
import org.kvantenergo.it.browser.Upload;

/**
 * Lists of meters on the deployed server: a server or a PostgreSQL that dies in the middle of one
 * leaves nothing of it and says so, and a town's list comes in whole.
 */
@ExtendWith({ProofExtension.class, BrowserExtension.class})
class ListKillIT {

  /** Of the town: flats with cold and hot water each. */
  private static final int LINES = ProofExtension.FULL ? 100_000 : 2_000;

  /** The town's: a demo without sites gets its own again as it starts, of another type. */
  private static final String METERS = "meter where type = 'СГВ-15'";

  private static final String CHECKED = "Проверен, в базе ничего не изменено";
  private static final int FLATS_OF_A_HOUSE = 100;
  private static final HasTextOptions LONGEST = new HasTextOptions().setTimeout(120_000);

  private Page page;
  private KvantInstance kvant;

  @BeforeEach
  void begin(Page fresh, KvantInstance instance) throws Exception {
    page = fresh;
    kvant = instance;
    nothing();
    enter();
  }

  private void enter() {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", "admin");
    page.fill("#password", "kvant-demo-admin-1");
    page.press("#password", "Enter");
    page.waitForLoadState();
  }

  @AfterEach
  void nothing() throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate meter, meter_place, meter_device, meter_seal, meter_verification,"
              + " consumer_account, account_site, site");
    }
  }

  @Test
  void aServerThatDiesOverAListLeavesNothingOfIt() throws Exception {
    String id = bring("few.csv", town(200));
    state(id, CHECKED);
    try (Connection holder = held()) {
      page.click("#apply");
      awaitWaiting(holder);
      kvant.kill();
    }
    assertThat(count(METERS)).isZero();
    kvant.startServer();
    enter();
    state(id, "Не удалось");
    assertThat(page.locator("#list [role=alert]")).isVisible();
    applied(bring("few.csv", town(200)), 200);
  }

  @Test
  void aDatabaseThatDiesOverAListLeavesNothingOfIt() throws Exception {
    String id = bring("few.csv", town(200));
    state(id, CHECKED);
    try (Connection holder = held()) {
      page.click("#apply");
      awaitWaiting(holder);
      kvant.stopDatabase(DatabaseEnd.KILLED);
    }
    kvant.startDatabase();
    state(id, "Не удалось");
    assertThat(count(METERS)).isZero();
    applied(bring("few.csv", town(200)), 200);
  }

  @Test
  void aTownComesInWhole() throws Exception {
    byte[] town = town(LINES);
    Report report = new Report(kvant, "town");
    report.put("lines", LINES);
    report.put("bytes", town.length);
    long began = System.nanoTime();
    String id = bring("town.csv", town);
    report.put("sent ms", since(began));
    state(id, CHECKED);
    assertThat(page.locator("#errors")).hasCount(0);
    report.put("read, checked and tried ms", since(began));
    long pressed = System.nanoTime();
    applied(id, LINES);
    report.put("applied ms", since(pressed));
    assertThat(count("meter_place")).isEqualTo(LINES);
    assertThat(count("account_site")).isEqualTo(LINES / 2);
    assertThat(count("site")).isEqualTo(2 + LINES / 2 + LINES / 2 / FLATS_OF_A_HOUSE);
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  /** Somebody who keeps the list from going on when it is half done. */
  private Connection held() throws SQLException {
    Connection holder = kvant.connect();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("lock table account_site in access exclusive mode");
    }
    return holder;
  }

  private static void awaitWaiting(Connection holder) throws SQLException {
    try (Statement statement = holder.createStatement()) {
      boolean waiting;
      do {
        try (ResultSet row =
            statement.executeQuery(
                "select exists (select from pg_locks where not granted"
                    + " and relation = 'account_site'::regclass)")) {
          row.next();
          waiting = row.getBoolean(1);
        }
      } while (!waiting);
    }
  }

  private void applied(String id, int lines) throws SQLException {
    page.navigate(kvant.url() + "/meterlist.xhtml?id=" + id);
    state(id, CHECKED);
    page.click("#apply");
    state(id, "Загружен");
    assertThat(count(METERS)).isEqualTo(lines);
  }

  /** Waits for it as a person does: the page follows its list. */
  private void state(String id, String state) {
    Response answer;
    do {
      answer = page.navigate(kvant.url() + "/meterlist.xhtml?id=" + id);
    } while (answer.status() != 200);
    assertThat(page.locator("#list .chip")).hasText(state, LONGEST);
  }

  private int count(String table) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  private String bring(String name, byte[] file) {
    return Upload.of(page, kvant, name, file);
  }

  private static byte[] town(int lines) {
    StringBuilder town =
        new StringBuilder(
            "Населённый пункт;Улица;Дом;Квартира;Ресурс;Место;Тип счётчика;Номер счётчика;"
                + "Ёмкость счётного механизма;Диаметр, мм;Установлен;Поверен;Поверить до;Пломбы;"
                + "Лицевой счёт;Потребитель;Счёт открыт\n");
    for (int i = 0; i < lines; i++) {
      int flat = i / 2;
      town.append(
          "Пермь;ул. Ленина;%d;%d;%s;кухня;СГВ-15;%d;99999,999;15;15.01.2026 14:20;01.12.2025;01.12.2031;П-%d;40-%d;Иванов И. И.;01.02.2026%n"
              .formatted(
                  flat / FLATS_OF_A_HOUSE + 1,
                  flat % FLATS_OF_A_HOUSE + 1,
                  i % 2 == 0 ? "ХВС" : "ГВС",
                  1_000_000 + i,
                  i,
                  flat));
    }
    return town.toString().getBytes(StandardCharsets.UTF_8);
  }
}
