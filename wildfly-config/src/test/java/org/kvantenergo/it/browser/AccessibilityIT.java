package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/**
 * Every page in every state that looks otherwise, in both themes: axe finds nothing serious, and
 * who goes by Tab sees where they are. With {@code kvant.screenshots}, each is kept as a picture.
 */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class AccessibilityIT {

  static final List<Scene> SCENES = Scenes.ALL;

  private static Browser browser;
  private static BrowserContext context;
  private static Showcase showcase;
  private static Page own;

  @BeforeAll
  static void open(Browser shared, KvantInstance kvant) throws Exception {
    browser = shared;
    showcase = Showcase.open(kvant, "scenes", 991_007);
    context = fresh();
    own = context.newPage();
    showcase.person().enter(own);
  }

  @AfterAll
  static void close() throws Exception {
    context.close();
    showcase.close();
  }

  private static BrowserContext fresh() {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setLocale("ru-RU")
            .setTimezoneId("Europe/Moscow")
            .setViewportSize(1600, 900));
  }

  @Test
  void everyPageIsAmongTheScenes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../web/src/main/webapp"))) {
      Set<String> pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".xhtml"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(SCENES.stream().map(Scene::page)).containsAll(pages);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("SCENES")
  void everybodyCanReadAndUse(Scene scene) throws Exception {
    if (scene.signedIn()) {
      look(scene, own);
    } else {
      try (BrowserContext nobodys = fresh()) {
        look(scene, nobodys.newPage());
      }
    }
  }

  private static void look(Scene scene, Page page) throws Exception {
    scene.open(page, showcase);
    List<String> found = new ArrayList<>();
    wear("light", page);
    Axe.serious(page).forEach(each -> found.add("light: " + each));
    picture(scene, "light", page);
    wear("dark", page);
    Axe.colours(page).forEach(each -> found.add("dark: " + each));
    picture(scene, "dark", page);
    Focus.unseen(page).forEach(each -> found.add("no ring: " + each));
    assertThat(found).as("%s", scene).isEmpty();
    assertThat(page.innerText("body"))
        .as("%s has a text that is in no bundle", scene)
        .doesNotContain("???");
  }

  private static void wear(String theme, Page page) {
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
  }

  private static void picture(Scene scene, String theme, Page page) {
    if (System.getProperty("kvant.screenshots") == null) {
      return;
    }
    for (int width : List.of(1366, 1600)) {
      page.setViewportSize(width, width == 1366 ? 768 : 900);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(
                  Path.of("target/browser/scenes", scene + " " + theme + " " + width + ".png")));
    }
  }
}
