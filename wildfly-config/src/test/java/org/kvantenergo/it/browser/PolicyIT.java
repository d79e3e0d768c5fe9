package org.kvantenergo.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Talk;
import org.kvantenergo.simulator.ModuleIdentity;

/**
 * Every page and what is done on it, in a browser that says what the policy kept it from: nothing.
 */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class PolicyIT {

  private static final Path PAGES = Path.of("../web/src/main/webapp");

  private final List<String> complaints = new ArrayList<>();

  /** What the browser refuses, and scripts that fail, end up in {@link #complaints}. */
  private void listen(Page page) {
    page.addInitScript(
        "addEventListener('securitypolicyviolation', e => console.error('refused: ' +"
            + " e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber"
            + " + ' ' + e.sample))");
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && message.text().startsWith("refused: ")) {
            complaints.add(page.url() + " " + message.text());
          }
        });
    page.onPageError(error -> complaints.add(page.url() + " " + error));
  }

  @Test
  void nothingIsRefusedOnAnyPage(Page page, KvantInstance kvant) throws IOException {
    listen(page);
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", "admin");
    page.fill("#password", "wrong");
    page.click("#enter");
    assertThat(page.locator("#note")).containsText("Логин или пароль не подошли");
    enter(page, kvant);
    for (String name : pages()) {
      page.navigate(kvant.url() + "/" + name);
      page.waitForLoadState(LoadState.LOAD);
      for (Locator opener : page.locator(".opener:visible").all()) {
        opener.click();
        page.keyboard().press("Escape");
      }
    }
    page.navigate(kvant.url() + "/no-such-page.xhtml");
    assertThat(page.locator("h1")).hasText("Такой страницы нет");
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingIsRefusedWhileOneMonitors(Page page, KvantInstance kvant) throws Exception {
    listen(page);
    enter(page, kvant);
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page.locator("#live")).hasClass(Pattern.compile(".*\\bon\\b.*"));
    ModuleIdentity module = ModuleIdentity.unknown(990_451);
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(
          Talk.session(
              module, Talk.slice(1, 1_690_016_400L, 1.5), Talk.slice(2, 1_690_020_000L, 1.6)));
      assertThat(talk.answers(3)).hasSize(3);
    }
    page.click("#refresh");
    page.click("#sort");
    page.locator("#sorts a").nth(1).click();
    page.click("#strangers");
    Locator row = page.locator("#modules tbody tr", new Page.LocatorOptions().setHasText("990451"));
    row.click();
    assertThat(page.locator("#lower [data-grid] tbody tr:not(.fill)")).hasCount(2);
    page.click("#tab-sessions");
    assertThat(page.locator("#lower [data-grid=sessions]")).isVisible();
    page.click("#tab-readings");
    page.locator("#lower a.how").first().click();
    page.waitForURL(Pattern.compile(".*/custody\\.xhtml.*"));
    page.navigate(kvant.url() + "/monitoring.xhtml");
    page.locator("[data-toggle-theme]").click();
    page.click("#user");
    page.click("#language");
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    page.click("#user");
    page.click("#language");
    assertThat(page.locator("html")).hasAttribute("lang", "ru");
    page.navigate(kvant.url() + "/setaside.xhtml");
    page.click("#show-all");
    page.click("#refresh");
    page.navigate(kvant.url() + "/meters.xhtml");
    page.fill("#text", "1");
    page.click("#go");
    page.click("#refresh");
    page.waitForLoadState(LoadState.NETWORKIDLE);
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingIsRefusedInTheOffice(Page page, KvantInstance kvant) {
    listen(page);
    enter(page, kvant);
    page.navigate(kvant.url() + "/users.xhtml");
    page.locator("#users a", new Page.LocatorOptions().setHasText("dispatcher2")).click();
    assertThat(page.locator("#one h2")).hasText("dispatcher2");
    page.click("#save");
    assertThat(page.locator("#note")).hasText("Готово.");
    page.navigate(kvant.url() + "/roles.xhtml");
    page.locator("#roles a").first().click();
    page.click("#copy");
    page.click("#new");
    page.navigate(kvant.url() + "/organisations.xhtml");
    page.locator("#organisations a").first().click();
    page.click("#new");
    page.click("#to-transfer");
    page.fill("#numbers", "1");
    page.click("#search");
    page.navigate(kvant.url() + "/audit.xhtml");
    page.navigate(kvant.url() + "/meterlist.xhtml");
    page.setInputFiles(
        "#file",
        new FilePayload(
            "list.csv", "text/csv", "no;heading\n1;2\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(page.locator(".chip")).hasText("Файл не принят");
    page.navigate(kvant.url() + "/password.xhtml");
    page.fill("#current", "wrong");
    page.fill("#fresh", "сено-корова-мост-8");
    page.fill("#again", "сено-корова-мост-8");
    page.click("#save");
    assertThat(page.locator("#note")).hasText("Нынешний пароль не подошёл.");
    page.click("#sign-out");
    page.waitForURL(Pattern.compile(".*/login\\.xhtml"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void aScriptThatSomebodyBringsInIsRefused(Page page, KvantInstance kvant) {
    listen(page);
    enter(page, kvant);
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"nowhere\""
            + " onerror=\"window.brought = true\"><i style=\"color:red\"></i>')");
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.brought ="
            + " true'; document.body.append(s); }");
    page.waitForLoadState(LoadState.NETWORKIDLE);
    assertThat(page.evaluate("window.brought === undefined")).isEqualTo(true);
    assertThat(complaints).hasSize(3);
    assertThat(complaints.get(0)).contains("refused: s");
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".xhtml"))
              .sorted()
              .toList();
      assertThat(names).contains("login.xhtml", "monitoring.xhtml");
      return names;
    }
  }

  private static void enter(Page page, KvantInstance kvant) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", "admin");
    page.fill("#password", "kvant-demo-admin-1");
    page.press("#password", "Enter");
    page.waitForURL(kvant.url() + "/");
  }
}
