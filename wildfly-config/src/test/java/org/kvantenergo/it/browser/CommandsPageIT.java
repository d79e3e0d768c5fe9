package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Orders;

/** Pages of commands and campaigns, while modules come, obey, refuse and stay away. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class CommandsPageIT {

  /** The server takes campaigns further every 10 s, and pages look again every 3 s. */
  private static final double STEP_MS = 120_000;

  private static BrowserContext context;
  private static Crew crew;
  private static Orders orders;
  private static Page page;

  @BeforeAll
  static void open(Browser browser, KvantInstance kvant) throws Exception {
    crew = Crew.open(kvant);
    orders = new Orders(kvant, crew.person().login());
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("ru-RU")
                .setTimezoneId("Europe/Moscow")
                .setViewportSize(1600, 900));
    page = context.newPage();
    crew.person().enter(page);
  }

  @AfterAll
  static void close() throws Exception {
    context.close();
    crew.close();
  }

  private static void visit(String address) {
    page.navigate(crew.person().kvant().url() + "/" + address);
    page.locator("#live.on").waitFor();
  }

  /** As soon as the page has heard of it. */
  private static void soon(Locator what, String text) {
    assertThat(what)
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(STEP_MS));
  }

  private static void picture(String name) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    for (String theme : List.of("light", "dark")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target/browser/commands", name + " " + theme + ".png")));
    }
    page.evaluate("document.documentElement.dataset.theme = 'light'");
  }

  @Test
  void aCommandGoesItsWayBeforeOnesEyes() throws Exception {
    long request = orders.send(Crew.modules(1, 2));
    visit("commands.xhtml?request=" + request);
    Locator rows = page.locator("[data-grid=commands] [data-id]");
    assertThat(rows).hasCount(2);
    assertThat(page.locator("#listed")).hasText("2 команды");

    // The second is filtered by its number, and taken back.
    page.fill("#text", "310000992002");
    page.keyboard().press("Enter");
    assertThat(rows).hasCount(1);
    rows.click();
    assertThat(page.locator("#story .tl")).containsText("crew, с адреса 10.1.2.3. Срок до");
    page.click("#cancel-one");
    assertThat(page.locator("#dialog")).containsText("1 команда");
    page.click("#do-cancel");
    assertThat(page.locator("#said")).hasText("Отменено: 1");
    assertThat(page.locator("#story-state")).hasText("Отменена");
    assertThat(page.locator("#story .tl li").last()).containsText("Отменил человек. crew");
    assertThat(page.locator("#cancel-one")).hasCount(0);

    page.fill("#text", "12");
    page.click("#go");
    assertThat(page.locator("#commands-foot [role=alert]")).hasText("Такого модуля нет");
    page.fill("#text", "");
    page.selectOption("#state", "QUEUED");
    assertThat(rows).hasCount(1);

    // The first is chosen while it waits; the rest the page shows by itself.
    visit("commands.xhtml?device=" + (Crew.ID + 1));
    rows.first().click();
    Locator steps = page.locator("#story .tl li");
    assertThat(steps.last()).containsText("Модуль выйдет на связь через");
    try (Crew.Sitting sitting = crew.sitting(1)) {
      soon(page.locator("#story-state"), "Передана модулю");
      soon(steps.nth(1), "Попытка 1 из 3, сеанс");
      sitting.answer(0);
      soon(page.locator("#story-state"), "Ждём подтверждения");
      assertThat(steps.last()).containsText("Сверим с данными следующего сеанса");
      assertThat(steps.last()).hasClass("n");
      picture("story");
      sitting.info(7);
      soon(page.locator("#story-state"), "Подтверждена");
    }
    assertThat(steps).hasCount(4);
    assertThat(page.locator("[data-grid=commands] tr.sl [data-state]"))
        .hasAttribute("data-state", "VERIFIED");
  }

  @Test
  void aCampaignIsWatchedHeldAndTriedAgain() throws Exception {
    long campaign = orders.campaign("Зима", Crew.modules(3, 6));
    visit("campaigns.xhtml?id=" + campaign);
    Locator state = page.locator("#campaign-state");
    assertThat(state).hasText("Пробная партия");
    assertThat(page.locator("#canaries")).containsText("Пробная партия: 0 из 1");
    try (Crew.Sitting sitting = crew.sitting(3)) {
      sitting.obey();
    }
    soon(state, "Идёт");
    assertThat(page.locator("#percent")).hasText("25\u00a0%");
    assertThat(page.locator("#end")).containsText("закончится около");

    page.click("#do-pause");
    assertThat(state).hasText("Пауза");
    try (Crew.Sitting sitting = crew.sitting(4)) {
      sitting.nothing();
    }
    page.click("#do-resume");
    assertThat(state).hasText("Идёт");
    try (Crew.Sitting sitting = crew.sitting(4)) {
      sitting.answer(1);
    }
    for (int module = 5; module <= 6; module++) {
      try (Crew.Sitting sitting = crew.sitting(module)) {
        sitting.obey();
      }
    }
    soon(state, "Завершена");
    assertThat(page.locator("#percent")).hasText("100\u00a0%");
    page.click("#legend [data-kind=FAILED]");
    Locator outcomes = page.locator("[data-grid=outcomes] tbody tr:has([data-id])");
    assertThat(outcomes).hasCount(1);
    assertThat(outcomes).containsText("310000992004");
    assertThat(outcomes).containsText("Отказ: закрыт");
    picture("campaign");

    Opened report = Opened.of(page.waitForDownload(() -> page.click("#report")), "CSV");
    assertThat(report.name()).startsWith("Кампания " + campaign + " Зима ").endsWith(".csv");
    assertThat(report.column("Серийный номер"))
        .containsExactly("310000992003", "310000992004", "310000992005", "310000992006");
    assertThat(report.column("Состояние"))
        .containsExactly("Подтверждена", "Отказ: закрыт", "Подтверждена", "Подтверждена");
    assertThat(report.column("Партия")).containsExactly("Пробная партия", "", "", "");

    page.click("#ask-retry");
    page.fill("#expires", "2020-01-01T00:00");
    page.click("#do-retry");
    assertThat(page.locator("#expires-no")).hasText("Это время уже прошло");
    page.click("#dialog [data-close]");
    page.click("#ask-retry");
    page.click("#do-retry");
    assertThat(page.locator("#said")).hasText("Поставлено в очередь снова: 1");
    assertThat(state).hasText("Идёт");
    page.click("#outcomes-foot a");
    try (Crew.Sitting sitting = crew.sitting(4)) {
      sitting.obey();
    }
    soon(page.locator("#legend [data-kind=VERIFIED] b"), "4");
    assertThat(page.locator("#ask-retry")).hasCount(0);

    // What is left of another one is called off.
    long other = orders.campaign("Лето", Crew.modules(3, 6));
    visit("campaigns.xhtml?id=" + other);
    page.click("#cancel-rest");
    assertThat(page.locator("#dialog")).containsText("4 модуля");
    page.click("#do-cancel");
    assertThat(page.locator("#said")).hasText("Отменено команд: 1");
    assertThat(state).hasText("Отменена");
  }

  @Test
  void aSecondPersonDecides() throws Exception {
    Orders others = new Orders(orders.kvant(), crew.colleague().login());
    long theirs = others.propose(Crew.modules(1, 2));
    long own = orders.propose(Crew.modules(1, 1));
    visit("commands.xhtml");
    Locator asks = page.locator("#waiting li");
    assertThat(asks).hasCount(2);
    Locator second = page.locator("#waiting [data-request='" + own + "']");
    assertThat(second).containsText("Ваша заявка");
    picture("proposals");
    second.getByText("Отозвать").click();
    page.click("#do-decline");
    assertThat(page.locator("#said")).hasText("Отклонено");
    assertThat(asks).hasCount(1);
    page.locator("#waiting [data-request='" + theirs + "']").getByText("Утвердить").click();
    page.fill("#password", Person.PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator("#said")).hasText("Утверждено, поставлено в очередь: 2");
    assertThat(page.locator("#waiting")).isHidden();
    page.click("#show-under-way");
    assertThat(page.locator("[data-grid=commands] [data-id]")).hasCount(2);

    // All that can be is ticked and taken back.
    page.click("#tick-all");
    page.click("#cancel-ticked");
    page.click("#do-cancel");
    assertThat(page.locator("#said")).hasText("Отменено: 2");
    assertThat(page.locator("#commands-empty")).containsText("Таких команд нет");
    page.click("#unlimited");
    assertThat(page.locator("#show-all")).hasAttribute("aria-current", "true");
  }
}
