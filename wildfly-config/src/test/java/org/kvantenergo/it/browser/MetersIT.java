package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** Lists of meters: brought by a page, seen on another, taken away as a file and brought again. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class MetersIT {

  private static final String HEADER =
      "Населённый пункт;Улица;Дом;Квартира;Ресурс;Место;Тип счётчика;Номер счётчика;Диаметр, мм;"
          + "Установлен;Пломбы;Лицевой счёт;Потребитель;Счёт открыт\n";
  private static final String COLD =
      "Пермь;ул. Ленина;5;15;ХВС;кухня;СГВ-15;1001;15;15.01.2026 14:20;П-1;40-1;Иванов И. И.;01.02.2026\n";
  private static final String HOT =
      "Пермь;ул. Ленина;5;15;ГВС;кухня;СГВ-15;1002;15;15.01.2026 14:40;;40-1;;\n";
  private static final String BUILDING = "Пермь;ул. Ленина;5;;ХВС;;ВСКМ-50;77;50;10.01.2026;;;;\n";
  private static final LocatorAssertions.HasTextOptions VISIBLE =
      new LocatorAssertions.HasTextOptions().setUseInnerText(true);

  @BeforeEach
  void noMeters(KvantInstance kvant) throws Exception {
    Town.none(kvant);
  }

  @Test
  void whatIsWrongIsToldAndWhatIsGoodIsLoaded(Page page, KvantInstance kvant) {
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/meterlist.xhtml");
    assertThat(page).hasTitle("Импорт счётчиков — Квант-Энерго");
    assertThat(page.locator(".empty h3")).hasText("Выберите файл со списком счётчиков");
    choose(page, HEADER + COLD + "Пермь;;5;;вода;;;9;0;31.02.2026;;;;\n" + BUILDING);
    assertThat(page.locator("#errors tbody tr"))
        .hasText(
            new String[] {
              "3РесурсНеизвестное значениевода",
              "3Тип счётчикаНе заполнено",
              "3Диаметр, ммВне допустимых пределов0",
              "3УстановленНе дата: нужно 31.12.2026 или 31.12.2026 14:2031.02.2026"
            });
    assertThat(page.locator("#apply")).hasCount(0);
    assertThat(page.locator(".lot-go .cell-w")).hasText("4 ошибки · 1 строка с ошибками");
    page.locator("#apply-good").click();
    assertThat(page.locator(".chip.ok")).hasText("Загружен");
    assertThat(page.locator(".doing")).containsText("2новых счётчика");

    page.locator("#see").click();
    assertThat(page).hasTitle("Счётчики — Квант-Энерго");
    Locator rows = page.locator("[data-grid=meters] tbody tr:not(.fill)");
    assertThat(rows).hasCount(2);
    assertThat(rows.nth(0)).containsText("общедомовой");
    page.fill("#text", "1001");
    page.keyboard().press("Enter");
    assertThat(rows).hasCount(1);
    assertThat(rows.nth(0).locator("td"))
        .hasText(
            new String[] {
              "1",
              "Пермь, ул. Ленина, д. 5, кв. 15",
              "кухня",
              "Холодная вода",
              "СГВ-15",
              "1001",
              "15",
              "15.01.2026 14:20:00",
              "",
              "П-1",
              "",
              "40-1",
              "Иванов И. И."
            },
            new LocatorAssertions.HasTextOptions().setUseInnerText(true));
    assertThat(page.locator("[data-grid=events] tbody tr").nth(0))
        .hasText(
            "Место установки\tПермь, ул. Ленина, д. 5, кв. 15, кухня\t15.01.2026 14:20:00\tсейчас",
            VISIBLE);
    page.fill("#text", "нет такого");
    page.locator("#go").click();
    assertThat(page.locator("#meters-empty h3")).hasText("Ничего не найдено");
  }

  @Test
  void whatIsTakenAwayAndEditedComesBack(Page page, KvantInstance kvant) {
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.navigate(kvant.url() + "/meterlist.xhtml");
    choose(page, HEADER + COLD + HOT + BUILDING);
    page.locator("#apply").click();
    assertThat(page.locator(".chip.ok")).hasText("Загружен");
    page.navigate(kvant.url() + "/meters.xhtml");
    String exported =
        page.request().get(page.locator("#as-csv").evaluate("a => a.href").toString()).text();
    page.locator("#import").click();
    choose(page, exported);
    assertThat(page.locator(".doing p")).hasText("Ничего нового: всё это в базе уже есть");
    choose(
        page,
        exported
            .replace("Иванов И. И.", "Петров")
            .replace("1002;;15;15.01.2026 14:40", "1003;;15;15.05.2026 10:00"));
    assertThat(page.locator(".doing dl > div"))
        .hasText(new String[] {"1новый счётчик", "1установка", "1снят при замене"});
    page.locator("#apply").click();
    assertThat(page.locator(".chip.ok")).hasText("Загружен");
    page.locator("#see").click();
    Locator rows = page.locator("[data-grid=meters] tbody tr:not(.fill)");
    assertThat(rows).hasCount(4);
    assertThat(rows.nth(1)).containsText("Петров");
    assertThat(rows.nth(2).locator("td").nth(5)).hasText("1003");
    assertThat(rows.nth(3).locator("td").nth(1)).hasText("не установлен");
    rows.nth(3).locator("td").nth(5).click();
    assertThat(page.locator("#device h2")).hasText("СГВ-15 1002");
    assertThat(page.locator("[data-grid=events] tbody tr").nth(0).locator("td").nth(4))
        .hasText("15.05.2026 10:00:00", VISIBLE);
    byte[] workbook = page.request().get(kvant.url() + "/meters-file?format=xlsx").body();
    page.navigate(kvant.url() + "/meterlist.xhtml");
    page.setInputFiles("#file", new FilePayload("list.xlsx", "application/octet-stream", workbook));
    assertThat(page.locator(".doing p")).hasText("Ничего нового: всё это в базе уже есть");
  }

  @Test
  void whoMayNotRegisterBringsNothing(Page page, KvantInstance kvant) {
    enter(page, kvant, "dispatcher2", "kvant-demo-1");
    page.locator("#nav").click();
    page.locator("nav a[href$='meters.xhtml']").click();
    assertThat(page.locator("#meters-empty h3")).hasText("Счётчиков ещё нет");
    assertThat(page.locator("#import")).hasCount(0);
    assertThat(page.request().get(kvant.url() + "/meterlist.xhtml").status()).isEqualTo(403);
    assertThat(post(page, kvant, 10, true).status()).isEqualTo(403);
  }

  @Test
  void onlyThePageBringsFiles(Page page, KvantInstance kvant) {
    enter(page, kvant, "admin", "kvant-demo-admin-1");
    assertThat(post(page, kvant, 10, false).status()).isEqualTo(403);
    assertThat(post(page, kvant, 12 << 20, true).status()).isEqualTo(200);
    assertThat(page.request().get(kvant.url() + "/meterlist.xhtml?id=999999").text())
        .contains("Выберите файл со списком счётчиков");
  }

  private static APIResponse post(Page page, KvantInstance kvant, int bytes, boolean ours) {
    RequestOptions options =
        RequestOptions.create()
            .setMultipart(
                FormData.create()
                    .set("file", new FilePayload("list.csv", "text/csv", new byte[bytes])));
    return page.request()
        .post(
            kvant.url() + "/meters-upload",
            ours ? options.setHeader("X-Kvant-Page", "list") : options);
  }

  private static void choose(Page page, String text) {
    page.setInputFiles(
        "#file", new FilePayload("list.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8)));
    page.waitForURL(url -> url.contains("id="));
  }

  private static void enter(Page page, KvantInstance kvant, String login, String password) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", password);
    page.press("#password", "Enter");
    page.waitForLoadState();
  }
}
