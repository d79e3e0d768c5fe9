package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** The first page's tiles, the fleet panel and the map, and where each of them leads. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class FleetIT {

  private static final String SECOND = "вентиль-осень-рельсы";
  private static final Pattern TOTAL =
      Pattern.compile("id=\"modules-window\"[^>]* data-total=\"(\\d+)\"");
  private static final Pattern DOOR = Pattern.compile(".*/technological\\.xhtml");

  private static Yard yard;

  private KvantInstance kvant;
  private Page page;

  @BeforeAll
  static void yard(KvantInstance instance) throws SQLException {
    yard = Yard.build(instance);
  }

  @AfterAll
  static void clear() throws SQLException {
    if (yard != null) {
      yard.close();
    }
  }

  @BeforeEach
  void open(KvantInstance instance, Page own) {
    kvant = instance;
    page = own;
  }

  @Test
  void tilesAreThoseThatOneMayOpen() throws SQLException {
    Person all = Person.make(kvant, "plitki", Permission.values());
    all.role("without_second_password = true");
    all.enter(page);
    assertThat(page).hasURL(kvant.url() + "/");
    assertThat(page).hasTitle("Модули системы — Квант-Энерго");
    assertThat(page.locator(".tile .h"))
        .hasText(
            new String[] {
              "Технологический режим",
              "Парк",
              "Карантин",
              "Отложенные пакеты",
              "Команды",
              "Карта",
              "Реестр",
              "Администрирование"
            });
    assertThat(page.locator("#fig b").first()).hasAttribute("data-n", Pattern.compile("\\d+"));
    assertThat(page.locator("#tile-administration .fig b"))
        .hasText(yard.value("select count(*) from account"));
    assertThat(page.locator("#tile-quarantine .fig b"))
        .hasText(yard.value("select count(*) from device where state = 'UNREGISTERED'"));
    picture("home");

    assertThat(page.locator("#live.on")).isVisible();
    all.run(
        "delete from role_permission p using role r where r.id = p.role_id and r.name = ?"
            + " and p.permission <> 'READ_AUDIT'",
        all.login());
    // The page goes by itself: who sees no devices any more is told nothing of them.
    assertThat(page.locator(".tile .h")).hasText(new String[] {"Администрирование"});
    page.click("#tile-administration");
    assertThat(page).hasTitle(Pattern.compile("^Журнал действий.*"));
    all.run(
        "delete from role_permission p using role r where r.id = p.role_id and r.name = ?",
        all.login());
    page.navigate(kvant.url() + "/");
    assertThat(page.locator(".tile")).hasCount(0);
    assertThat(page.locator("#nothing")).isVisible();
  }

  @Test
  void theSecondPasswordOpensTheMonitoringPageFromItsTile() throws SQLException {
    Person person =
        Person.make(kvant, "plitka", Permission.READ_DEVICES, Permission.TECHNOLOGICAL_MODE);
    person.enter(page);
    assertThat(page.locator(".tile.main")).containsText("Второго пароля у вас ещё нет.");
    page.click("#set");
    page.fill("#second-sign-in", Person.PASSWORD);
    page.fill("#second-fresh", SECOND);
    page.fill("#second-again", SECOND);
    page.click("#second-save");
    assertThat(page.locator("#second-note")).containsText("Второй пароль задан.");

    // The panel and the map are pages of the mode.
    for (String guarded : List.of("fleet.xhtml", "map.xhtml", "monitoring.xhtml")) {
      page.navigate(kvant.url() + "/" + guarded);
      assertThat(page).hasURL(DOOR);
    }
    page.navigate(kvant.url() + "/");
    assertThat(page.locator("#mode-password")).isFocused();
    page.keyboard().type("wrong");
    page.keyboard().press("Enter");
    assertThat(page.locator("#note")).containsText("Осталось попыток: 4");
    assertThat(page).hasTitle("Модули системы — Квант-Энерго");
    picture("home-shut");
    page.fill("#mode-password", SECOND);
    page.press("#mode-password", "Enter");
    assertThat(page).hasURL(Pattern.compile(".*/monitoring\\.xhtml"));
    assertThat(page.locator("#group")).containsText("642M_MTS");

    page.navigate(kvant.url() + "/");
    assertThat(page.locator(".tile.main")).containsText("Режим открыт.");
    page.click("#go");
    assertThat(page).hasURL(Pattern.compile(".*/monitoring\\.xhtml"));
    person.run("delete from sign_in_failure");
  }

  @Test
  void everyBarOfTheFleetPanelCountsWhatItOpens() throws SQLException {
    Person person = signedIn("parkovy");
    page.navigate(kvant.url() + "/fleet.xhtml?g=" + yard.group());
    assertThat(page).hasTitle("Парк — Квант-Энерго");
    assertThat(page.locator("#group")).hasText(Yard.GROUP);
    assertThat(page.locator("#sum-modules b")).hasAttribute("data-n", "9");
    assertThat(page.locator("#sum-silent b")).hasAttribute("data-n", "2");
    assertThat(page.locator("#sum-errors b")).hasAttribute("data-n", "4");
    assertThat(page.locator("#sum-open b")).hasAttribute("data-n", "1");
    assertThat(page.locator("#sum-never b")).hasAttribute("data-n", "1");
    assertThat(page.locator("#silent .fbar > span")).hasText(new String[] {Yard.GROUP});
    assertThat(page.locator("#bits .fbar > span"))
        .hasText(
            new String[] {
              "Измерения, бит 4",
              "Температура, бит 0",
              "Контроль, бит 15",
              "Калибровка, бит 1",
              "Аппаратура, бит 3"
            });
    assertThat(page.locator("#battery b"))
        .hasText(new String[] {"2", "1", "1", "1", "1", "2", "0"});
    assertThat(page.locator("#rssi b"))
        .hasText(new String[] {"1", "1", "1", "0", "1", "2", "1", "1"});
    picture("fleet");

    // That each number is that of its rows, SqlFleetStatisticsTest shows; here, that they are asked
    // for.
    Locator bars =
        page.locator(
            "#sum-reported, #sum-silent, #sum-errors, #sum-never, #silent a, #bits-0, #battery-0, #rssi-0");
    List<String> counted =
        bars.all().stream().map(bar -> bar.getAttribute("href") + " " + count(bar)).toList();
    assertThat(counted).hasSize(8);
    List<String> shown = counted.stream().map(this::shown).toList();
    assertThat(shown).isEqualTo(counted);
    person.run("delete from sign_in_failure");
  }

  private static String count(Locator bar) {
    String own = bar.getAttribute("data-n");
    return own != null ? own : bar.locator("[data-n]").getAttribute("data-n");
  }

  /** The same address with as many rows as the table has that opens there. */
  private String shown(String counted) {
    String href = counted.substring(0, counted.indexOf(' '));
    Matcher total = TOTAL.matcher(page.request().get(kvant.url() + href).text());
    return href + " " + (total.find() ? total.group(1) : "?");
  }

  @Test
  void theMapShowsWhatStandsWhereAndLeadsThere() throws SQLException {
    Town town = Town.build(kvant);
    town.meter(2001, "1001", 1004);
    town.run(
        "insert into meter_device select 2001, id, tstzrange('2026-01-15 09:20+00', null)"
            + " from device where serial = 930000000003");
    signedIn("kartograf");
    page.navigate(kvant.url() + "/map.xhtml");
    assertThat(page.locator(".blank")).containsText("Ни у одного адреса нет координат");

    // As whoever keeps the addresses does it.
    page.navigate(kvant.url() + "/sites.xhtml?id=1003");
    page.click("#change");
    page.click("#do-change");
    page.fill("#location", "95, 56.25");
    page.click("#save");
    assertThat(page.locator("#drawer")).containsText("Вне допустимых пределов");
    page.fill("#location", "58,0105; 56,2502");
    page.click("#save");
    page.click("#on-map");

    Locator mark = page.locator(".mark");
    assertThat(mark).hasCount(1);
    assertThat(mark).hasAttribute("data-modules", "1");
    assertThat(mark).hasAttribute("aria-label", "Пермь, ул. Ленина, д. 5: Требует действий");
    mark.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#chosen")).hasText("Пермь, ул. Ленина, д. 5");
    assertThat(page.locator(".standing li")).containsText("СГВ-15 1001 кв. 15");
    assertThat(page.locator(".standing li")).containsText("Требует действий");
    picture("map");
    assertThat(page.locator("a.module"))
        .hasAttribute(
            "href",
            Pattern.compile(
                ".*/monitoring\\.xhtml\\?device="
                    + yard.value("select id from device where serial = 930000000003")));
    Town.none(kvant);
  }

  private Person signedIn(String login) throws SQLException {
    Person person = Person.make(kvant, login, Permission.values());
    person.role("without_second_password = true");
    person.enter(page);
    return person;
  }

  private void picture(String name) {
    if (System.getProperty("kvant.screenshots") != null) {
      Locator live = page.locator("#live.on");
      assertThat(live).isVisible();
      for (String theme : List.of("light", "dark")) {
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/browser/" + name + "-" + theme + ".png")));
      }
    }
  }
}
