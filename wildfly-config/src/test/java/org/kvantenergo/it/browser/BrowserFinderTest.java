package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrowserFinderTest {
  private static final Path CACHE = Path.of("/home/u/.cache/ms-playwright");

  private static BrowserFinder finder(
      String named, Set<String> programs, List<String> cached, boolean debian, boolean root) {
    return new BrowserFinder(
        Optional.ofNullable(named),
        List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin")),
        CACHE,
        program -> programs.contains(program.toString()),
        folder -> cached.stream().map(folder::resolve).toList(),
        debian,
        root);
  }

  @Test
  void namedOneComesFirst() {
    assertThat(
            finder("/opt/b", Set.of("/opt/b", "/usr/bin/chromium"), List.of(), true, true).decide())
        .isEqualTo(new BrowserFinder.Use(Path.of("/opt/b"), "named by -Dkvant.browser"));
  }

  @Test
  void namedOneThatIsMissingIsNotReplacedByAnother() {
    assertThat(finder("/opt/b", Set.of("/usr/bin/chromium"), List.of(), true, true).decide())
        .isEqualTo(
            new BrowserFinder.Impossible(
                "-Dkvant.browser=/opt/b is not a program that can be started."));
  }

  @Test
  void systemsComesBeforePlaywrightsOwn() {
    assertThat(
            finder(
                    null,
                    Set.of("/usr/bin/google-chrome", CACHE + "/chromium-1200/chrome-linux/chrome"),
                    List.of("chromium-1200"),
                    true,
                    true)
                .decide())
        .isEqualTo(new BrowserFinder.Use(Path.of("/usr/bin/google-chrome"), "of the system"));
  }

  @Test
  void newestOfPlaywrightsOwnIsTaken() {
    assertThat(
            finder(
                    null,
                    Set.of(
                        CACHE + "/chromium-1100/chrome-linux/chrome",
                        CACHE + "/chromium-1200/chrome-linux64/chrome"),
                    List.of("chromium-1100", "firefox-1", "chromium-1200"),
                    true,
                    true)
                .decide())
        .isEqualTo(
            new BrowserFinder.Use(
                CACHE.resolve("chromium-1200/chrome-linux64/chrome"), "Playwright's own"));
  }

  @Test
  void rootOnDebianInstalls() {
    assertThat(finder(null, Set.of(), List.of(), true, true).decide())
        .isEqualTo(
            new BrowserFinder.Install(
                List.of("apt-get", "install", "-y", "--no-install-recommends", "chromium")));
  }

  @Test
  void othersAreToldWhatToDo() {
    String message =
        "The page tests need Chromium or Chrome and none was found: neither on PATH nor in "
            + CACHE
            + ". Install one (Debian, Ubuntu: apt-get install chromium), or name one with"
            + " -Dkvant.browser=PATH.";
    assertThat(finder(null, Set.of(), List.of(), true, false).decide())
        .isEqualTo(new BrowserFinder.Impossible(message));
    assertThat(finder(null, Set.of(), List.of(), false, true).decide())
        .isEqualTo(new BrowserFinder.Impossible(message));
  }
}
