package org.kvantenergo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code mvn -Pbench}: a fresh database and server, the simulator's loads against them one after
 * the other, and the figures written into docs/performance.md between its two marks.
 *
 * <p>Database, server and simulator share the machine: the figures are what one machine does with
 * all three on it.
 */
public final class Bench {
  private static final Duration LONGEST_START = Duration.ofMinutes(10);
  private static final int MODULES = 20_000;

  private final Path root;
  private final Path home;
  private final Path ear;
  private final Path simulator;
  private final Path folder;
  private final int seconds;

  private Bench(String[] args) {
    this.root = Path.of(args[0]);
    this.home = Path.of(args[1]);
    this.ear = Path.of(args[2]);
    this.simulator = Path.of(args[3]);
    this.folder = Path.of(args[4]);
    Settings settings = Settings.ofThisProcess();
    this.seconds = settings.number("kvant.bench.seconds", 30, 1, 3_600);
  }

  /** Arguments: project folder, provisioned server, EAR, the simulator's jar, a folder for data. */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    try {
      new Bench(args).run();
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException, SQLException {
    Folders.delete(folder);
    Files.createDirectories(folder);
    List<BenchResult> results = new ArrayList<>();
    String commit;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
        Server server = Server.start(setup(database))) {
      commit = Machine.commitMillis(database.address());
      server.awaitReady(LONGEST_START);
      for (BenchLoad load : BenchLoad.values()) {
        System.out.println("Measuring: " + load.title());
        results.add(measure(load, server.setup().modulePort()));
      }
    }
    PerformancePage.write(
        root.resolve("docs/performance.md"),
        PerformancePage.section(
            LocalDate.now(ZoneOffset.UTC), Machine.describe(), commit, seconds, results));
  }

  private ServerSetup setup(EmbeddedDatabase database) {
    return new ServerSetup(
        home,
        folder.resolve("server"),
        ear,
        Ports.free(),
        Ports.free(),
        Ports.free(),
        "127.0.0.1",
        Settings.ofThisProcess().heap("kvant.heap", "1g"),
        database.address(),
        Map.of("kvant.demo", "true", "kvant.demo.modules", Integer.toString(MODULES)),
        Map.of());
  }

  private BenchResult measure(BenchLoad load, int port) throws IOException, InterruptedException {
    Path json = folder.resolve(load.name() + ".json");
    List<String> arguments = new ArrayList<>(List.of("load", "--port=" + port, "--json=" + json));
    arguments.add("--warm-up=" + Math.max(1, seconds / 3) + "s");
    arguments.add("--duration=" + seconds + "s");
    arguments.addAll(load.arguments());
    try (SimulatorProcess process =
        SimulatorProcess.start(simulator, "512m", arguments, line -> System.out.println(line))) {
      int exitCode = process.await();
      if (exitCode != 0) {
        throw LaunchMessage.BENCH_UNCLEAN.exception(load.title(), exitCode);
      }
    }
    return BenchResult.read(load, Files.readString(json));
  }
}
