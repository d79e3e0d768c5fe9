package org.kvantenergo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The demo's simulated modules: those of the operator's manual replay what was recorded, once for a
 * database, and then report live; a generated fleet reports beside them when one is asked for.
 */
final class Demo {
  /** What the simulator prints when the recorded records have been acknowledged. */
  private static final String REPLAYED = "Replayed;";

  private final Options options;
  private final Path jar;
  private final Path folder;
  private final Consumer<String> console;

  Demo(Options options, Path jar, Consumer<String> console) {
    this.options = options;
    this.jar = jar;
    this.folder = options.dataFolder().resolve("simulator");
    this.console = console;
  }

  /** Whether the recorded records still have to be sent. */
  boolean replays() {
    // An external database may have been emptied meanwhile; a repeated record does no harm.
    return options.database().isPresent() || Files.notExists(marker());
  }

  private Path marker() {
    return folder.resolve("replayed");
  }

  SimulatorProcess recorded() throws IOException {
    Files.createDirectories(folder);
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "live",
                "--made-up",
                "--quiet",
                "--port=" + options.modulePort(),
                "--state=" + folder.resolve("live-state")));
    if (!replays()) {
      arguments.add("--skip-replay");
    }
    return SimulatorProcess.start(jar, "128m", arguments, this::heard);
  }

  SimulatorProcess fleet() throws IOException {
    return SimulatorProcess.start(
        jar,
        "1g",
        List.of(
            "fleet",
            "--quiet",
            "--port=" + options.modulePort(),
            "--modules=" + options.demoModules()),
        this::heard);
  }

  private void heard(String line) {
    if (line.startsWith(REPLAYED)) {
      try {
        Files.writeString(marker(), "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    console.accept("simulator: " + line);
  }
}
