package org.kvantenergo.it.browser;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks this machine {@link BrowserFinder}'s questions and does what it decides. */
final class Browsers {
  private Browsers() {}

  static Path find() throws IOException, InterruptedException {
    BrowserFinder.Decision decision = finder().decide();
    if (decision instanceof BrowserFinder.Install) {
      decision = installed();
    }
    if (decision instanceof BrowserFinder.Use use) {
      System.out.println(
          "Browser for the page tests: " + use.program() + " (" + use.origin() + ")");
      return use.program();
    }
    if (decision instanceof BrowserFinder.Impossible impossible) {
      throw new IllegalStateException(impossible.message());
    }
    throw new IllegalStateException(
        "apt-get has installed chromium, but no browser is on PATH. Name one with"
            + " -Dkvant.browser=PATH.");
  }

  /**
   * One process at a time: tests run in several, and the second one finds what the first installed.
   */
  private static BrowserFinder.Decision installed() throws IOException, InterruptedException {
    Path lock = Path.of(System.getProperty("java.io.tmpdir"), "kvant-browser.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      BrowserFinder.Decision decision = finder().decide();
      if (alone.isValid() && decision instanceof BrowserFinder.Install install) {
        install(install.command());
        decision = finder().decide();
      }
      return decision;
    }
  }

  private static void install(List<String> command) throws IOException, InterruptedException {
    System.out.println(
        "No browser found; installing the distribution's: " + String.join(" ", command));
    run(List.of("apt-get", "update"));
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    int exitCode = builder.start().waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException(
          String.join(" ", command)
              + " failed with exit code "
              + exitCode
              + ". Install Chromium by hand, or name a browser with -Dkvant.browser=PATH.");
    }
  }

  private static BrowserFinder finder() throws IOException {
    Map<String, String> environment = System.getenv();
    Path cache =
        Path.of(
            environment.getOrDefault(
                "PLAYWRIGHT_BROWSERS_PATH",
                System.getProperty("user.home") + "/.cache/ms-playwright"));
    return new BrowserFinder(
        Optional.ofNullable(System.getProperty("kvant.browser")).filter(name -> !name.isBlank()),
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList(),
        cache,
        Files::isExecutable,
        Browsers::foldersOf,
        Files.isExecutable(Path.of("/usr/bin/apt-get")),
        isRoot());
  }

  private static List<Path> foldersOf(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The user's number decides, not the name; the process's own folder belongs to the user. */
  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
  }
}
