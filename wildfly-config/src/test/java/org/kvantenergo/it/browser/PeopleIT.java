package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** From an invitation to the end of a session, in the browsers of two people. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class PeopleIT {

  private static final String OWN = "сено-корова-мост-7";

  @Test
  void anInvitedPersonChoosesAPasswordAndIsPutOutByABlock(Page admin, KvantInstance kvant) {
    enter(admin, kvant, "admin", "kvant-demo-admin-1");
    admin.navigate(kvant.url() + "/users.xhtml");
    assertThat(admin).hasTitle("Пользователи — Квант-Энерго");
    admin.fill("#login", "ivanov");
    admin.fill("#name", "Иванов И. И.");
    admin.getByLabel("Наблюдатель").check();
    admin.click("#save");
    assertThat(admin.locator("#note")).hasText("Готово.");
    String first = admin.locator("#first-password").textContent();
    assertThat(admin.locator("#users")).containsText("Иванов И. И.");
    assertThat(admin.locator("#users")).containsText("первый пароль");

    Browser browser = admin.context().browser();
    try (BrowserContext other = browser.newContext()) {
      Page page = other.newPage();
      enter(page, kvant, "ivanov", first);
      assertThat(page).hasURL(Pattern.compile(".*/password\\.xhtml"));
      page.navigate(kvant.url() + "/monitoring.xhtml");
      assertThat(page).hasURL(Pattern.compile(".*/password\\.xhtml"));
      change(page, first, "password1234");
      assertThat(page.locator("#note")).containsText("угадают");
      change(page, "wrong", OWN);
      assertThat(page.locator("#note")).hasText("Нынешний пароль не подошёл.");
      change(page, first, OWN);
      assertThat(page.locator("#note")).containsText("Пароль изменён");
      page.navigate(kvant.url() + "/monitoring.xhtml");
      assertThat(page.locator("#user")).hasText("Иванов И. И.");
      assertThat(page.request().get(kvant.url() + "/users.xhtml").status()).isEqualTo(403);
      assertThat(page.locator("#live.on")).isVisible();

      admin.navigate(kvant.url() + "/users.xhtml");
      admin.locator("#users a", new Page.LocatorOptions().setHasText("ivanov")).click();
      admin.click("#block");
      assertThat(admin.locator("#note")).hasText("Готово.");
      // The page goes by itself.
      assertThat(page).hasURL(Pattern.compile(".*/login\\.xhtml"));
      enter(page, kvant, "ivanov", OWN);
      assertThat(page.locator("#note")).containsText("Логин или пароль не подошли.");
    }
  }

  @Test
  void oneEndsOnesOtherSessions(Page page, KvantInstance kvant) {
    enter(page, kvant, "dispatcher2", "kvant-demo-1");
    try (BrowserContext elsewhere = page.context().browser().newContext()) {
      Page other = elsewhere.newPage();
      enter(other, kvant, "dispatcher2", "kvant-demo-1");
      assertThat(other.locator("#live.on")).isVisible();
      page.navigate(kvant.url() + "/password.xhtml");
      page.click("#end-others");
      assertThat(page.locator("#open tbody tr")).hasCount(1);
      assertThat(other).hasURL(Pattern.compile(".*/login\\.xhtml"));
      page.navigate(kvant.url() + "/");
      assertThat(page.locator("#user")).hasText("Диспетчер 2");
    }
  }

  private static void change(Page page, String current, String fresh) {
    page.fill("#current", current);
    page.fill("#fresh", fresh);
    page.fill("#again", fresh);
    page.click("#save");
    page.waitForLoadState();
  }

  private static void enter(Page page, KvantInstance kvant, String login, String password) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", login);
    page.fill("#password", password);
    page.press("#password", "Enter");
    page.waitForLoadState();
  }
}
