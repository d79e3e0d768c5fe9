package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** What was done can be read by who may, and by nobody else. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class AuditIT {

  @Test
  void attemptsAndRefusalsAreListedFilteredAndExported(Page page, KvantInstance kvant) {
    enter(page, kvant, "dispatcher2", "wrong");
    enter(page, kvant, "dispatcher2", "kvant-demo-1");
    page.locator("#nav").click();
    assertThat(page.locator("nav a[href$='audit.xhtml']")).hasCount(0);
    APIResponse refused = page.request().get(kvant.url() + "/audit.xhtml");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("Нет доступа").doesNotContain("SIGNED_IN");
    assertThat(page.request().get(kvant.url() + "/audit.csv").status()).isEqualTo(403);
    page.locator("#user").click();
    page.locator("#sign-out").click();

    enter(page, kvant, "admin", "kvant-demo-admin-1");
    page.locator("#nav").click();
    page.locator("nav a[href$='audit.xhtml']").click();
    assertThat(page).hasTitle("Журнал действий — Квант-Энерго");
    Locator rows = page.locator("#audit tbody tr");
    assertThat(rows.nth(0)).containsText("admin");
    assertThat(rows.nth(0)).containsText("Вход");
    assertThat(rows.nth(1)).containsText("Выход");
    assertThat(rows.nth(2)).containsText("Отказано");
    assertThat(rows.nth(2)).containsText("/audit.csv");
    assertThat(rows.nth(3)).containsText("/audit.xhtml");
    assertThat(rows.nth(3)).containsText("READ_AUDIT");
    assertThat(rows.nth(4)).containsText("127.0.0.1");
    assertThat(rows.nth(5)).containsText("Неверный пароль");

    page.selectOption("select[name=action]", "SIGN_IN_FAILED");
    page.fill("input[name=login]", "dispatcher2");
    page.keyboard().press("Enter");
    assertThat(page.locator("#audit td.da").first()).hasText("Неверный пароль");
    assertThat(page.locator("input[name=login]")).hasValue("dispatcher2");
    String csv =
        page.request().get(page.locator("#export").evaluate("a => a.href").toString()).text();
    assertThat(csv)
        .startsWith("\uFEFF\"№\";\"Когда\";\"Кто\";")
        .contains("\"dispatcher2\"", "\"SIGN_IN_FAILED\"")
        .doesNotContain("SIGNED_OUT");
    page.navigate(kvant.url() + "/audit.xhtml?login=%27%20or%20true--&page=99999&from=x");
    assertThat(page.locator(".none")).isVisible();
  }

  private static void enter(Page page, KvantInstance kvant, String login, String password) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", password);
    page.press("#password", "Enter");
    page.waitForLoadState();
  }
}
