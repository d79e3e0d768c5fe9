package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;

/** Signing on by a real provider, and what is tried against it. */
@ExtendWith(BrowserExtension.class)
class SsoIT {

  private static final Pattern LOGIN_PAGE = Pattern.compile(".*/login\\.xhtml(\\?.*)?");
  private static final String TICKET = "KVANTTICKET";

  private static KvantInstance kvant;
  private static Keycloak keycloak;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    int port = Keycloak.freePort();
    kvant =
        KvantInstance.start(
            "sso",
            Map.of(
                "kvant.oidc.provider-url", Keycloak.url(port),
                "kvant.oidc.client-id", "kvant",
                "kvant.oidc.name", "Keycloak"),
            Map.of("KVANT_OIDC_CLIENT_SECRET", "0f9d3c1e7b5a"));
    keycloak = Keycloak.start(port, kvant.url());
  }

  @AfterAll
  static void stop() {
    if (keycloak != null) {
      keycloak.close();
    }
    if (kvant != null) {
      kvant.close();
    }
  }

  @BeforeEach
  void nobodyIsLinked() throws SQLException {
    run("delete from provider_link");
    run("delete from sign_on_ticket");
    run("delete from account_session");
    run("update account set blocked_at = null, must_change = false, locale = 'ru'");
  }

  @Test
  void anAdministratorLinksAndThePersonSignsOnAndOut(Page admin) throws SQLException {
    choose(admin, "dispatcher2");
    assertThat(admin.locator("#link-state")).hasText("Войти так нельзя: не указано, кого ждать.");
    admin.fill("#provider-name", "petrova");
    admin.click("#save-link");
    assertThat(admin.locator("#link-note")).hasText("Готово.");
    assertThat(admin.locator("#link-state")).containsText("Ещё не входил.");

    try (BrowserContext other = admin.context().browser().newContext()) {
      Page page = other.newPage();
      toProvider(page);
      picture(page, "keycloak");
      answer(page, "petrova", "reka-1");
      assertThat(page).hasURL(kvant.url() + "/");
      assertThat(page.locator("#user")).hasText("Диспетчер 2");
      assertThat(names(page)).doesNotContain(TICKET);
      assertThat(
              value(
                  "select string_agg(action, ' ' order by id) from audit where login = 'dispatcher2'"))
          .endsWith("PROVIDER_LINKED SIGNED_ON");

      choose(admin, "dispatcher2");
      assertThat(admin.locator("#link-state")).containsText("Связан ");
      assertThat(admin.locator("#link-state"))
          .containsText(value("select subject from provider_link"));
      pictures(admin, "users-linked");

      // Who signs out is asked at the provider again, though its own session goes on.
      page.click("#user");
      page.click("#sign-out");
      assertThat(page).hasURL(LOGIN_PAGE);
      page.click("#provider");
      assertThat(page.locator("#password")).isVisible();
      page.fill("#password", "reka-1");
      page.click("#kc-login");
      assertThat(page.locator("#user")).hasText("Диспетчер 2");
      // And who does not, is not.
      assertThat(page.locator("#live.on")).isVisible();
      run("delete from account_session where by_provider");
      assertThat(page).hasURL(LOGIN_PAGE);
      page.click("#provider");
      assertThat(page.locator("#user")).hasText("Диспетчер 2");

      assertThat(page.locator("#live.on")).isVisible();
      admin.fill("#provider-name", "");
      admin.click("#save-link");
      assertThat(admin.locator("#link-note")).hasText("Готово.");
      assertThat(page).hasURL(LOGIN_PAGE);
      page.click("#provider");
      assertThat(page.locator("#note")).containsText("не связана ни одна учётная запись");
    }
  }

  @Test
  void whoIsNotExpectedIsTurnedAwayInEnglishToo(Page page) throws SQLException {
    page.navigate(kvant.url() + "/language?to=en");
    assertThat(page.locator("#provider")).hasText("Sign in with Keycloak");
    pictures(page, "login-provider");
    page.click("#provider");
    answer(page, "stranger", "reka-2");
    assertThat(page).hasURL(kvant.url() + "/login.xhtml?provider=UNLINKED");
    assertThat(page.locator("#note"))
        .hasText(
            "You were recognised, but no account here is linked to you. Ask the administrator.");
    pictures(page, "login-unlinked");
    page.navigate(kvant.url() + "/");
    assertThat(page).hasURL(LOGIN_PAGE);
    String after = value("select after from audit order by id desc limit 1");
    assertThat(after).contains("name=stranger", "reason=UNLINKED", "issuer=" + keycloak.url());
  }

  @Test
  void aBlockPutsOutAndKeepsOut(Page page) throws SQLException {
    expect("petrova");
    toProvider(page);
    answer(page, "petrova", "reka-1");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");
    assertThat(page.locator("#live.on")).isVisible();
    run("update account set blocked_at = now() where login = 'dispatcher2'");
    assertThat(page).hasURL(LOGIN_PAGE);
    page.click("#provider");
    assertThat(page.locator("#note"))
        .hasText("Ваша учётная запись заблокирована. Обратитесь к администратору.");
    assertThat(value("select login || ' ' || action from audit order by id desc limit 1"))
        .isEqualTo("dispatcher2 SIGN_ON_REFUSED");
  }

  @Test
  void aFirstPasswordIsNoMatterAndThereNeedBeNone(Page page) throws SQLException {
    run("update account set must_change = true where login = 'dispatcher2'");
    expect("petrova");
    toProvider(page);
    answer(page, "petrova", "reka-1");
    assertThat(page).hasURL(kvant.url() + "/");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");

    assertThat(page.locator("#live.on")).isVisible();
    String hash = value("select password_hash from account where login = 'dispatcher2'");
    try (BrowserContext other = page.context().browser().newContext()) {
      Page admin = other.newPage();
      choose(admin, "dispatcher2");
      admin.click("#remove-password");
      assertThat(admin.locator("#link-note")).hasText("Готово.");
      assertThat(admin.locator("#link-state")).containsText("Пароля нет: войти можно только так.");
      admin.fill("#provider-name", "");
      admin.click("#save-link");
      assertThat(admin.locator("#link-note")).containsText("Иначе войти будет нельзя");
    }
    assertThat(page).hasURL(LOGIN_PAGE);
    page.fill("#login", "dispatcher2");
    page.fill("#password", "kvant-demo-1");
    page.click("#enter");
    assertThat(page.locator("#note")).containsText("Логин или пароль не подошли.");
    page.click("#provider");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");
    run("delete from sign_in_failure");
    run("update account set password_hash = '" + hash + "' where login = 'dispatcher2'");
  }

  @Test
  void anAnswerThatNobodyAskedForIsNotBelieved(Page page) throws SQLException {
    for (String query : List.of("code=x", "code=x&state=forged", "error=access_denied")) {
      page.navigate(kvant.url() + "/sso/enter?" + query);
      assertThat(page).hasURL(kvant.url() + "/login.xhtml?provider=FAILED");
    }
    // Also if the browser has asked, and the state is another's.
    toProvider(page);
    page.navigate(kvant.url() + "/sso/enter?code=x&state=forged");
    assertThat(page.locator("#note"))
        .hasText("Сервер входа не подтвердил, кто вы. Попробуйте ещё раз.");
    assertThat(value("select count(*) from account_session")).isEqualTo("0");
    assertThat(value("select after from audit order by id desc limit 1"))
        .isEqualTo("reason=FAILED");
  }

  @Test
  void theProvidersAnswerIsGoodOnceAndInOneBrowser(Page page) throws SQLException {
    expect("petrova");
    List<String> answers = new java.util.ArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().contains("/sso/enter?") && request.url().contains("code=")) {
            answers.add(request.url());
          }
        });
    toProvider(page);
    answer(page, "petrova", "reka-1");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");
    assertThat(answers).hasSize(1);
    page.navigate(answers.get(0));
    assertThat(value("select after from audit order by id desc limit 1"))
        .isEqualTo("reason=FAILED");
    assertThat(value("select count(*) from account_session")).isEqualTo("1");
    try (BrowserContext other = page.context().browser().newContext()) {
      Page thief = other.newPage();
      thief.navigate(answers.get(0));
      assertThat(thief).hasURL(kvant.url() + "/login.xhtml?provider=FAILED");
    }
  }

  @Test
  void aTicketIsGoodOnceForAMinuteAndInOneBrowser(Page page) throws SQLException {
    expect("petrova");
    Cookie ticket = ticket(page);
    assertThat(ticket.httpOnly).isTrue();
    assertThat(ticket.path).isEqualTo("/sign-on");
    try (BrowserContext other = page.context().browser().newContext()) {
      Page thief = other.newPage();
      thief.navigate(kvant.url() + "/sign-on");
      assertThat(thief).hasURL(kvant.url() + "/login.xhtml?provider=TICKET");
    }
    page.navigate(kvant.url() + "/sign-on");
    assertThat(page.locator("#user")).hasText("Диспетчер 2");

    try (BrowserContext again = page.context().browser().newContext()) {
      again.addCookies(List.of(ticket));
      Page second = again.newPage();
      second.navigate(kvant.url() + "/sign-on");
      assertThat(second).hasURL(kvant.url() + "/login.xhtml?provider=TICKET");
      assertThat(second.locator("#note"))
          .hasText(
              "Вход не завершён: прошло больше минуты или страницу открыли повторно. Войдите ещё раз.");

      Page late = again.newPage();
      ticket(late);
      run("update sign_on_ticket set until = now()");
      late.navigate(kvant.url() + "/sign-on");
      assertThat(late).hasURL(kvant.url() + "/login.xhtml?provider=TICKET");
    }
    assertThat(value("select after from audit order by id desc limit 1"))
        .isEqualTo("reason=TICKET");
  }

  /** Signs on as far as the ticket, which is left in the browser. */
  private static Cookie ticket(Page page) {
    toProvider(page);
    String form = page.locator("#kc-form-login").getAttribute("action");
    // The provider's page looks for a session of its own every few seconds and would go on by
    // itself.
    page.navigate("about:blank");
    FormData answer = FormData.create().set("username", "petrova").set("password", "reka-1");
    String where =
        page.request()
            .post(form, RequestOptions.create().setForm(answer).setMaxRedirects(0))
            .headers()
            .get("location");
    while (where.contains("/sso/enter")) {
      where =
          page.request()
              .get(where, RequestOptions.create().setMaxRedirects(0))
              .headers()
              .get("location");
    }
    assertThat(where).isEqualTo(kvant.url() + "/sign-on");
    return page.context().cookies(where).stream()
        .filter(cookie -> cookie.name.equals(TICKET))
        .findFirst()
        .orElseThrow();
  }

  private static void toProvider(Page page) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.click("#provider");
    page.waitForURL(Pattern.compile(Pattern.quote(keycloak.url()) + ".*"));
  }

  private static void answer(Page page, String name, String password) {
    page.fill("#username", name);
    page.fill("#password", password);
    page.click("#kc-login");
  }

  private static void choose(Page admin, String login) {
    admin.navigate(kvant.url() + "/users.xhtml");
    if (LOGIN_PAGE.matcher(admin.url()).matches()) {
      admin.fill("#login", "admin");
      admin.fill("#password", "kvant-demo-admin-1");
      admin.click("#enter");
      assertThat(admin.locator("#user")).isVisible();
      admin.navigate(kvant.url() + "/users.xhtml");
    }
    admin.locator("#users a", new Page.LocatorOptions().setHasText(login)).click();
    assertThat(admin.locator("#one h2")).hasText(login);
  }

  private static void expect(String name) throws SQLException {
    run(
        "insert into provider_link (account_id, name) select id, '"
            + name
            + "' from account where login = 'dispatcher2'");
  }

  private static List<String> names(Page page) {
    return page.context().cookies().stream().map(cookie -> cookie.name).toList();
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** In both themes and two widths, if pictures are asked for. */
  private static void pictures(Page page, String name) {
    for (String theme : List.of("light", "dark")) {
      page.evaluate("theme => document.documentElement.dataset.theme = theme", theme);
      page.setViewportSize(1366, 768);
      picture(page, name + "-" + theme + "-1366");
      page.setViewportSize(1920, 1080);
      picture(page, name + "-" + theme + "-1920");
    }
  }

  private static void picture(Page page, String name) {
    if (System.getProperty("kvant.screenshots") != null) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target/screenshots", "sso-" + name + ".png")));
    }
  }
}
