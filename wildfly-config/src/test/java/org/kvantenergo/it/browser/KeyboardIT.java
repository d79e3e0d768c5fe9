package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/**
 * What each page is for, without a mouse. The other pages have it among their own tests:
 * MonitoringIT, SetAsideIT, DevicesIT, RegisterIT (addresses) and TechnologicalModeIT.
 */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class KeyboardIT {

  private static Showcase showcase;

  private Page page;
  private Keys keys;

  @BeforeAll
  static void open(KvantInstance kvant) throws Exception {
    showcase = Showcase.open(kvant, "klava", 991_011);
  }

  @AfterAll
  static void close() throws Exception {
    showcase.close();
  }

  @BeforeEach
  void signIn(Page fresh) {
    page = fresh;
    keys = new Keys(page);
    page.navigate(showcase.kvant().url() + "/login.xhtml");
    assertThat(page.locator("#login")).isFocused();
    page.keyboard().type("klava");
    keys.write("#password", Person.PASSWORD).press("Enter");
    assertThat(page.locator("#user")).isVisible();
  }

  private void go(String path) {
    page.navigate(showcase.kvant().url() + "/" + path);
  }

  @Test
  void theMenuLeadsToTheAuditThatIsFilteredAndTakenAway() {
    keys.to("#nav").press("Enter");
    assertThat(page.locator("nav .sheet a").first()).isFocused();
    // The last one is the manual.
    keys.press("End", "ArrowUp", "Enter");
    assertThat(page).hasTitle("Журнал действий — Квант-Энерго");
    keys.write("input[name=login]", "klava").press("Enter");
    assertThat(page.locator("#audit tbody tr").first()).containsText("Вход");
    Download file = page.waitForDownload(() -> keys.to("#export").press("Enter"));
    assertThat(file.suggestedFilename()).isEqualTo("audit.csv");
    keys.to(".list");
  }

  @Test
  void aListIsChosenTriedAndLoaded() {
    go("meterlist.xhtml");
    FileChooser chooser = page.waitForFileChooser(() -> keys.to("#file").press("Enter"));
    chooser.setFiles(
        new FilePayload(
            "дома.csv",
            "text/csv",
            (Scenes.LIST + "Пермь;ул. Мира;2;1;ХВС;кухня;СГВ-15;4001;15.01.2026 14:20\n")
                .getBytes(StandardCharsets.UTF_8)));
    page.waitForURL(url -> url.contains("id="));
    assertThat(page.locator(".chip")).hasText("Проверен, в базе ничего не изменено");
    keys.to("#apply").press("Enter");
    assertThat(page.locator(".chip.ok")).hasText("Загружен");
    keys.to("#see").press("Enter");
    assertThat(page).hasTitle("Счётчики — Квант-Энерго");
    keys.write("#text", "4001").press("Enter");
    assertThat(rows("meters")).hasCount(1);
    assertThat(rows("meters").first()).containsText("Пермь, ул. Мира, д. 2, кв. 1");
  }

  @Test
  void aMeterIsAddedChosenChangedAndSeenAsItWas() {
    go("meters.xhtml");
    keys.to("#add").press("Enter");
    assertThat(page.locator("#resource")).isFocused();
    keys.write("#type", "СГВ-20").write("#serial", "5001");
    keys.write("#address", "ленина 5 кв. 16").write("#place", "ванная").press("Enter");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(page.locator("#add")).isFocused();
    assertThat(page.locator("#device h2")).hasText("СГВ-20 5001");
    keys.write("#text", "ленина").press("Enter");
    assertThat(page.locator("#device h2")).hasText("СГВ-15 1001");
    keys.to("[data-grid=meters] td").press("ArrowDown");
    assertThat(page.locator("#device h2")).not().hasText("СГВ-15 1001");
    keys.press("ArrowUp");
    assertThat(page.locator("#device h2")).hasText("СГВ-15 1001");
    keys.to("#change").press("Enter");
    assertThat(page.locator("#do-correct")).isFocused();
    keys.press("Enter");
    assertThat(page.locator("#drawer-title")).hasText("Исправить данные");
    keys.press("Escape");
    assertThat(page.locator("#change")).isFocused();
    keys.to("#tab-device").press("Enter");
    assertThat(page.locator("#tab-device")).hasAttribute("aria-current", "true");
  }

  @Test
  void anAccountIsOpenedAndMoved() {
    go("accounts.xhtml");
    keys.to("#add").press("Enter");
    assertThat(page.locator("#account")).isFocused();
    keys.write("#account", "50-1").write("#address", "кв. 15").press("Enter");
    assertThat(page.locator("#device h2")).hasText("50-1");
    keys.to("#change").press("Enter");
    assertThat(page.locator("#do-move")).isFocused();
    keys.press("ArrowDown");
    assertThat(page.locator("#do-end")).isFocused();
    keys.press("Enter");
    assertThat(page.locator("#until")).isFocused();
    keys.press("Enter");
    assertThat(page.locator("#drawer-title")).hasCount(0);
    assertThat(page.locator("#change")).isFocused();
  }

  @Test
  void aCommandIsChosenFilledInAndSent() {
    go("monitoring.xhtml?device=" + showcase.estate().id());
    assertThat(page.locator("#live.on")).isVisible();
    keys.press("Alt+KeyK");
    assertThat(page.locator("#tools ~ .sheet [data-command=SCHEDULE]")).isFocused();
    keys.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter");
    assertThat(page.locator("#order-RETRIES")).isFocused();
    page.keyboard().type("11");
    assertThat(page.locator("#order-RETRIES-said.no")).hasText("От 0 до 10");
    keys.press("ArrowDown", "Control+Enter");
    assertThat(page.locator("#order-notes .toast")).containsText("Повторы: 10");
    assertThat(page.locator("#tools")).isFocused();
  }

  @Test
  void whereARecordCameFromIsAskedAndOneGoesBack() {
    go("monitoring.xhtml?device=" + showcase.estate().id());
    assertThat(page.locator("#lower h2")).hasText(showcase.estate().serial());
    keys.to("[data-grid=modules] td").press("Enter");
    assertThat(page.locator("[data-grid=records] td:focus")).hasCount(1);
    keys.press("Enter");
    assertThat(page).hasTitle("Происхождение записи — Квант-Энерго");
    keys.to("pre").to(".menu a").press("Enter");
    assertThat(page).hasTitle("Технологический режим — Квант-Энерго");
  }

  @Test
  void aPersonIsInvitedAndBlocked() {
    go("users.xhtml");
    keys.write("#login", "klava-2").write("#name", "Клавиатурова К. К.");
    keys.to("#roles input").press("Space").to("#save").press("Enter");
    assertThat(page.locator("#note")).hasText("Готово.");
    assertThat(page.locator("#first-password")).isVisible();
    keys.to("#users a", "klava-2").press("Enter");
    assertThat(page.locator("#one h2")).hasText("klava-2");
    keys.to("#block").press("Enter");
    assertThat(page.locator("#users tr.sl")).containsText("заблокирован");
  }

  @Test
  void aRoleIsMadeAndTakenAway() {
    go("roles.xhtml");
    keys.write("#name", "Клавиши").to("#permissions input").press("Space");
    keys.to("#save").press("Enter");
    assertThat(page.locator("#roles")).containsText("Клавиши");
    keys.to("#roles a", "Клавиши").press("Enter");
    assertThat(page.locator("#permissions input:checked")).hasCount(1);
    keys.to("#remove").press("Enter");
    assertThat(page.locator("#roles")).not().containsText("Клавиши");
  }

  @Test
  void anOrganisationIsMadeAndRenamed() {
    go("organisations.xhtml");
    keys.write("#name", "Клавиши").to("#save").press("Enter");
    assertThat(page.locator("#organisations")).containsText("Клавиши");
    keys.to("#organisations a", "Клавиши").press("Enter");
    assertThat(page.locator("#one h2")).hasText("Клавиши");
    keys.write("#name", "Кнопки").to("#save").press("Enter");
    assertThat(page.locator("#organisations")).containsText("Кнопки");
  }

  @Test
  void aModuleIsHandedOver() throws SQLException {
    go("transfer.xhtml");
    keys.write("#numbers", showcase.estate().serial()).to("#search").press("Enter");
    assertThat(page.locator("#devices a")).hasCount(1);
    keys.to("#devices a").press("Enter");
    assertThat(page.locator("#history")).isVisible();
    keys.to("#to").press("Home").to("#go").press("Enter");
    assertThat(page.locator("#note")).hasClass(Pattern.compile(".*\\bok\\b.*"));
    String id = Long.toString(showcase.estate().id());
    showcase
        .person()
        .run("update device set organisation_id = id, group_id = id where id = ?::bigint", id);
  }

  @Test
  void theOwnPasswordIsRefusedAndTheTimeZoneChosen() {
    go("password.xhtml");
    keys.write("#current", "wrong").write("#fresh", "сено-корова-мост-8");
    keys.write("#again", "сено-корова-мост-8").press("Enter");
    assertThat(page.locator("#note")).hasText("Нынешний пароль не подошёл.");
    keys.to("#settings-zone");
    page.keyboard().type("UTC+05");
    keys.to("#settings-save").press("Enter");
    assertThat(page.locator("#settings-note")).isVisible();
    assertThat(page.locator("#settings-zone option:checked")).containsText("UTC+05:00");
  }

  private Locator rows(String grid) {
    return page.locator(
        "[data-grid=" + grid + "] tbody tr:not(.fill):not(.ui-datatable-empty-message)");
  }
}
