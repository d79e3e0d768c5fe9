package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.kvantenergo.wire.packet.Reading;

/** The lower half of the monitoring page: charts, errors and their names, comments, secrets. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class DeviceIT {

  private static final int MODULE = 991_081;

  /** Noon of a day in Moscow, after the one record that an estate's module has. */
  private static final long NOON = 1_690_102_800L;

  private static BrowserContext context;
  private static Estate estate;
  private static Person person;
  private static Page page;

  @BeforeAll
  static void open(Browser browser, KvantInstance kvant) throws Exception {
    estate = Estate.below(kvant, "device-page", MODULE);
    person = Person.make(kvant, "device-page", Permission.values());
    person.role("without_second_password = true");
    ModuleIdentity module = ModuleIdentity.unknown(MODULE);
    List<Reading> records = new ArrayList<>();
    for (int hour = 0; hour < 20; hour++) {
      // Six hours are missing; the last three records have a bit of the first mask.
      if (hour < 8 || hour > 13) {
        records.add(record(hour, hour >= 17 ? 16 : 0));
      }
    }
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(Talk.session(module, records.toArray(Reading[]::new)));
      assertThat(talk.answers(3)).hasSize(3);
    }
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("ru-RU")
                .setTimezoneId("Europe/Moscow")
                .setViewportSize(1600, 900));
    page = context.newPage();
    person.enter(page);
  }

  private static Reading record(int hour, int errors) {
    Reading plain = Talk.slice(10 + hour, NOON + hour * 3600L + 26, 100 + hour * 0.25);
    return new Reading(
        plain.recordNumber(),
        plain.moduleTime(),
        plain.meterTime(),
        plain.reading(),
        plain.resource(),
        12 + hour % 7,
        3.64f - hour * 0.001f,
        errors,
        0,
        0,
        0,
        0,
        plain.status(),
        plain.rssi() - hour % 5,
        0,
        60,
        1000 + hour,
        24);
  }

  @AfterAll
  static void close() throws Exception {
    context.close();
    estate.close();
    person.run("delete from error_bit where mask = 'MEASUREMENT'");
  }

  @BeforeEach
  void choose() {
    page.navigate(estate.kvant().url() + "/monitoring.xhtml?device=" + estate.id());
    assertThat(page.locator("#chart")).hasAttribute("data-drawn", "14");
  }

  private static void picture(String name) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    for (String theme : List.of("light", "dark")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target/browser/device", name + " " + theme + ".png")));
    }
    page.evaluate("document.documentElement.dataset.theme = 'light'");
  }

  @Test
  void aChartShowsThePeriodThatIsChosen() {
    Locator chart = page.locator("#chart");
    assertThat(chart.locator("em").last()).hasText("нет пакетов 7 ч");
    assertThat(chart.locator(".flag")).hasCount(1);
    assertThat(chart.locator("[data-lane='0'] .t b")).hasText("104,75");
    picture("day");
    // By the keyboard, newest first.
    page.focus("#lanes");
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowLeft");
    assertThat(chart.locator("[data-lane='0'] .t b")).hasText("104,50");
    assertThat(page.locator("#chart-says")).containsText("24.07.2023 6:00:26");
    page.keyboard().press("Home");
    assertThat(chart.locator("[data-lane='0'] .t b")).hasText("100,00");
    page.keyboard().press("Escape");
    assertThat(chart.locator("[data-lane='0'] .t b")).hasText("104,75");

    page.click("#chart-table");
    assertThat(page.locator("#chart-values tbody tr")).hasCount(17);
    assertThat(page.locator("#chart-values"))
        .containsText("24.07.2023 5:00:26 Ошибки измерений: бит 4");
    page.click("#chart-table");
    page.click("#chart [data-days='7']");
    assertThat(chart).hasAttribute("data-drawn", "15");
    assertThat(page.locator("#chart [data-days='7']")).hasAttribute("aria-pressed", "true");
    page.click("#chart-period");
    page.fill("#chart-from", "2023-07-24");
    page.fill("#chart-until", "2023-07-24");
    page.click("#chart-show");
    assertThat(chart).hasAttribute("data-drawn", "6");
    page.click("#chart-period");
    page.fill("#chart-from", "2021-07-24");
    page.fill("#chart-until", "2021-07-24");
    page.click("#chart-show");
    assertThat(page.locator("#chart-says")).hasText("Записей за этот период нет");
  }

  @Test
  void aNarrowWindowHasItsChartInATab() {
    page.setViewportSize(1100, 800);
    assertThat(page.locator("#lanes")).isHidden();
    page.click("#tab-chart");
    assertThat(page.locator("#lanes")).isVisible();
    assertThat(page.locator("#chart")).hasAttribute("data-drawn", "14");
    picture("narrow");
    page.click("#tab-readings");
    assertThat(page.locator("#lanes")).isHidden();
    page.setViewportSize(1600, 900);
    assertThat(page.locator("#lanes")).isVisible();
  }

  @Test
  void theTableIsNarrowedToDays() {
    Locator foot = page.locator("#records-foot");
    assertThat(foot).containsText("15 записей");
    assertThat(foot).containsText("с 22.07.2023");
    assertThat(page.locator("[data-grid=records] tr.after-gap title"))
        .hasText(new String[] {"нет пакетов 7 ч", "нет пакетов 24 ч"});
    page.click("#period");
    page.fill("#period-from", "2023-07-24");
    page.click("#period-show");
    assertThat(foot).containsText("6 записей");
    assertThat(foot).containsText("с 24.07.2023");
    assertThat(page.locator("#period")).hasText("24.07.2023–…");
    page.click("#period");
    page.click("#period-all");
    assertThat(foot).containsText("15 записей");
  }

  @Test
  void aBitHasTheNameThatTheDictionaryGivesIt() {
    Locator faults = page.locator("#faults");
    assertThat(faults).hasText("бит 4");
    faults.click();
    Locator row = page.locator(".dev .sheet tbody tr");
    assertThat(row).hasCount(1);
    assertThat(row).containsText("Ошибки измерений 16");
    assertThat(row).containsText("24.07.2023 5:00:26");
    assertThat(row).containsText("24.07.2023 7:00:26");
    picture("faults");
    page.navigate(estate.kvant().url() + "/dictionary.xhtml");
    page.selectOption("#mask", "MEASUREMENT");
    page.selectOption("#bit", "4");
    page.click("#save");
    assertThat(page.locator("#note")).containsText("Нужны оба названия");
    page.fill("#russian", "Обратный поток");
    page.fill("#english", "Reverse flow");
    page.click("#save");
    assertThat(page.locator("#note")).hasText("Готово.");
    assertThat(page.locator("#bits tbody tr")).hasCount(6);
    picture("dictionary");
    choose();
    assertThat(faults).hasText("Обратный поток");
    assertThat(page.locator("[data-grid=records] .em").first())
        .hasAttribute("title", "Ошибки измерений: Обратный поток");
    page.navigate(estate.kvant().url() + "/dictionary.xhtml");
    page.locator("#bits a", new Page.LocatorOptions().setHasText("Обратный поток")).click();
    page.click("#remove");
    assertThat(page.locator("#bits tbody tr")).hasCount(5);
  }

  @Test
  void aCommentIsEditedWhereItStands() throws Exception {
    Locator cell = page.locator("[data-grid=modules] tr.sl td:has([data-comment])");
    cell.click();
    page.keyboard().press("F2");
    page.keyboard().type("стояк 3");
    page.keyboard().press("Escape");
    assertThat(cell).hasText("");
    assertThat(cell).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().type("стояк 2");
    page.keyboard().press("Enter");
    assertThat(page.locator("#comment")).hasText("стояк 2");
    assertThat(cell).hasText("стояк 2");
    assertThat(person.audit()).contains("COMMENT_CHANGED");

    person.run("update device set comment = 'подвал' where id = ?::bigint", id());
    page.click("#edit-comment");
    page.keyboard().type("чердак");
    page.keyboard().press("Enter");
    assertThat(page.locator("#comment-fault")).containsText("«подвал»");
    picture("conflict");
    page.keyboard().press("Escape");
    assertThat(page.locator("#comment-fault")).hasCount(0);
    assertThat(page.locator("#comment")).hasText("подвал");
    person.run("update device set comment = '' where id = ?::bigint", id());
  }

  private static String id() {
    return Long.toString(estate.id());
  }

  @Test
  void anAccessPointIsShownWhenItIsAskedForAndThatIsNoted() throws Exception {
    page.click("#tab-sessions");
    Locator access = page.locator("[data-grid=sessions] .access");
    assertThat(access).hasCount(2);
    assertThat(access.first()).hasText("••••,••••,••••");
    Locator show = page.locator("[data-reveal]");
    show.first().click();
    assertThat(access.first()).hasText("internet,,");
    picture("revealed");
    show.last().click();
    assertThat(access.last()).hasText("internet,,");
    assertThat(access.first()).hasText("••••,••••,••••");
    assertThat(person.audit().stream().filter("ACCESS_REVEALED"::equals)).hasSize(2);

    person.run(
        "delete from role_permission where permission = 'READ_SECRETS' and role_id in"
            + " (select id from role where name = ?)",
        person.login());
    choose();
    page.click("#tab-sessions");
    assertThat(access.first()).hasText("••••,••••,••••");
    assertThat(show).hasCount(0);
    person.run(
        "insert into role_permission select id, 'READ_SECRETS' from role where name = ?",
        person.login());
    assertThat(
            page.locator(
                "[data-grid=sessions] th",
                new Page.LocatorOptions().setHasText(Pattern.compile("доля"))))
        .hasCount(1);
  }
}
