package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** How people get in, stay out, and leave. */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class SignInIT {
  private static final Pattern LOGIN_PAGE = Pattern.compile(".*/login\\.xhtml");
  private static final String SESSION = "KVANTSESSION";

  private KvantInstance kvant;

  @AfterEach
  void forgetFailures() throws Exception {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from sign_in_failure");
      statement.execute("update account set locale = 'ru'");
    }
  }

  @Test
  void wrongPasswordIsToldAndTheRightOneOpensThePage(Page page, KvantInstance kvant) {
    open(page, kvant);
    assertThat(page).hasURL(LOGIN_PAGE);
    assertThat(page).hasTitle("Вход — Квант-Энерго");
    enter(page, "dispatcher2", "wrong");
    assertThat(page.locator("#note"))
        .hasText(
            "Логин или пароль не подошли. Осталось 4 попытки, затем вход закроется на 15 минут.");
    assertThat(page.locator("#login")).hasValue("dispatcher2");
    assertThat(page.locator("#password")).hasValue("");
    assertThat(page.locator("#password")).isFocused();
    String before = session(page);
    page.fill("#password", "kvant-demo-1");
    page.press("#password", "Enter");
    assertThat(page).hasURL(kvant.url() + "/");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");
    assertThat(session(page)).isNotEqualTo(before);
  }

  @Test
  void fiveFailuresCloseALoginThatExistsAndOneThatDoesNot(Page page, KvantInstance kvant) {
    open(page, kvant);
    for (String login : new String[] {"admin", "nobody"}) {
      for (int attempt = 1; attempt <= 4; attempt++) {
        enter(page, login, "wrong" + attempt);
        assertThat(page.locator("#note")).containsText("Логин или пароль не подошли.");
      }
      enter(page, login, "wrong5");
      assertThat(page.locator("#note"))
          .hasText("Слишком много неудачных попыток. Вход откроется через 15 мин.");
      enter(page, login, "kvant-demo-admin-1");
      assertThat(page.locator("#note"))
          .hasText("Слишком много неудачных попыток. Вход откроется через 15 мин.");
    }
  }

  @Test
  void withoutAProviderThereIsNoWayByOne(Page page, KvantInstance kvant) {
    open(page, kvant);
    assertThat(page.locator("#enter")).isVisible();
    assertThat(page.locator("#provider")).hasCount(0);
    for (String path : new String[] {"/sso/enter", "/sso/failed", "/sso/"}) {
      APIResponse answer = page.request().get(kvant.url() + path);
      assertThat(answer.status()).as(path).isEqualTo(404);
    }
    page.navigate(kvant.url() + "/sign-on");
    assertThat(page).hasURL(Pattern.compile(".*/login\\.xhtml\\?provider=TICKET"));
    assertThat(page.locator("#note")).isHidden();
  }

  @Test
  void passwordCanBeShown(Page page, KvantInstance kvant) {
    open(page, kvant);
    page.fill("#password", "kvant-demo-1");
    assertThat(page.locator("#password")).hasAttribute("type", "password");
    page.getByLabel("Показать пароль").click();
    assertThat(page.locator("#password")).hasAttribute("type", "text");
    assertThat(page.locator("#password")).isFocused();
  }

  @Test
  void languageAndThemeStayAsChosen(Page page, KvantInstance kvant) {
    open(page, kvant);
    assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    page.locator("[data-toggle-theme]").click();
    page.getByText("English").click();
    assertThat(page).hasTitle("Sign in — Kvant-Energo");
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    page.getByText("Русский").click();
    assertThat(page).hasTitle("Вход — Квант-Энерго");
  }

  @Test
  void whoLeftIsOut(Page page, KvantInstance kvant) {
    open(page, kvant);
    enter(page, "dispatcher2", "kvant-demo-1");
    page.click("#user");
    // The link needs the last script of the page.
    page.waitForLoadState();
    page.getByText("Выйти").click();
    assertThat(page).hasURL(LOGIN_PAGE);
    page.goBack();
    assertThat(page).hasURL(LOGIN_PAGE);
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page).hasURL(LOGIN_PAGE);
  }

  @Test
  void scriptOfAPageWhoseSessionEndedLeadsToTheLoginPage(Page page, KvantInstance kvant) {
    open(page, kvant);
    enter(page, "dispatcher2", "kvant-demo-1");
    assertThat(page.locator("#user")).isVisible();
    page.context().clearCookies();
    page.click("#refresh");
    assertThat(page).hasURL(LOGIN_PAGE);
  }

  @Test
  void formThatWeDidNotSendDoesNothing(Page page, KvantInstance kvant) {
    open(page, kvant);
    enter(page, "dispatcher2", "kvant-demo-1");
    assertThat(page.locator("#user")).isVisible();
    FormData forged = FormData.create().set("f", "f").set("sign-out", "sign-out");
    page.request().post(kvant.url() + "/monitoring.xhtml", RequestOptions.create().setForm(forged));
    forged.set("jakarta.faces.ViewState", "-1:-1");
    page.request().post(kvant.url() + "/monitoring.xhtml", RequestOptions.create().setForm(forged));
    page.navigate(kvant.url() + "/");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");
  }

  @Test
  void answersTellTheBrowserToBeCareful(Page page, KvantInstance kvant) {
    open(page, kvant);
    APIResponse answer = page.request().get(kvant.url() + "/login.xhtml");
    assertThat(answer.headers())
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "same-origin")
        .containsEntry("cache-control", "no-store");
    assertThat(answer.headers().get("content-security-policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    Cookie cookie = cookie(page);
    assertThat(cookie.httpOnly).isTrue();
    assertThat(cookie.sameSite.name()).isEqualTo("LAX");
  }

  private void open(Page page, KvantInstance instance) {
    kvant = instance;
    page.navigate(kvant.url() + "/");
  }

  private static void enter(Page page, String login, String password) {
    page.fill("#login", login);
    page.fill("#password", password);
    page.click("#enter");
  }

  private static String session(Page page) {
    return cookie(page).value;
  }

  private static Cookie cookie(Page page) {
    return page.context().cookies().stream()
        .filter(cookie -> cookie.name.equals(SESSION))
        .findFirst()
        .orElseThrow();
  }
}
