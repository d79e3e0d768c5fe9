package org.kvantenergo.it.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides which browser the tests use: one named by {@code -Dkvant.browser=PATH}; one of the
 * system; Playwright's own, when somebody has installed it; else, as root on Debian or Ubuntu, the
 * distribution's is installed.
 *
 * @param named the value of the property, when it is set
 * @param path the folders of PATH, in its order
 * @param playwrightCache the folder in which Playwright keeps browsers
 * @param executable whether there is a program at this place
 * @param folders the folders inside a folder; none when it does not exist
 * @param debian whether apt-get installs programs here
 * @param root whether this process may install
 */
record BrowserFinder(
    Optional<String> named,
    List<Path> path,
    Path playwrightCache,
    Predicate<Path> executable,
    Function<Path, List<Path>> folders,
    boolean debian,
    boolean root) {

  private static final List<String> SYSTEM_NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable",
          "chrome",
          "microsoft-edge");

  private static final List<String> CACHE_PLACES =
      List.of("chrome-linux/chrome", "chrome-linux64/chrome");

  /** What to do; an answer is never absent. */
  sealed interface Decision {}

  /** Use this program. */
  record Use(Path program, String origin) implements Decision {}

  /** Run this command, then look again. */
  record Install(List<String> command) implements Decision {}

  /** Give up with this message. */
  record Impossible(String message) implements Decision {}

  Decision decide() {
    if (named.isPresent()) {
      Path program = Path.of(named.get());
      return executable.test(program)
          ? new Use(program, "named by -Dkvant.browser")
          : new Impossible("-Dkvant.browser=" + program + " is not a program that can be started.");
    }
    Optional<Decision> found = system().or(this::playwrightsOwn);
    if (found.isPresent()) {
      return found.get();
    }
    if (debian && root) {
      return new Install(
          List.of("apt-get", "install", "-y", "--no-install-recommends", "chromium"));
    }
    return new Impossible(
        "The page tests need Chromium or Chrome and none was found: neither on PATH nor in "
            + playwrightCache
            + ". Install one (Debian, Ubuntu: apt-get install chromium), or name one with"
            + " -Dkvant.browser=PATH.");
  }

  private Optional<Decision> system() {
    return SYSTEM_NAMES.stream()
        .flatMap(name -> path.stream().map(folder -> folder.resolve(name)))
        .filter(executable)
        .findFirst()
        .map(program -> new Use(program, "of the system"));
  }

  private Optional<Decision> playwrightsOwn() {
    return folders.apply(playwrightCache).stream()
        .filter(folder -> folder.getFileName().toString().startsWith("chromium-"))
        // The newest: numbers of equal length sort like text.
        .sorted(java.util.Comparator.<Path>naturalOrder().reversed())
        .flatMap(folder -> CACHE_PLACES.stream().map(folder::resolve))
        .filter(executable)
        .findFirst()
        .map(program -> new Use(program, "Playwright's own"));
  }
}
