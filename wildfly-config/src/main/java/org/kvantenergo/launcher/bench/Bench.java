package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.launcher.LaunchException;
import org.kvantenergo.launcher.Settings;

/**
 * {@code mvn -Pbench}: a fresh database and server, the loads and their bare limits against them in
 * turn, round after round; then some of them on an empty and on a full archive; and the figures
 * written to docs/performance.json and docs/performance.md.
 *
 * <p>Database, server and generator share the machine: the figures are what one machine does with
 * all of them on it.
 */
public final class Bench {

  /** A suite of shorter measurements is a trial. */
  private static final int LEAST_FOR_JMH = 5;

  private final Place place;
  private final BenchOptions options;
  private final Suite suite;
  private final Results results = new Results();
  private final Rounds rounds;
  private Machine machine;

  private Bench(String[] args) {
    this.place =
        new Place(
            Path.of(args[0]),
            Path.of(args[1]),
            Path.of(args[2]),
            Path.of(args[3]),
            Path.of(args[4]),
            Path.of(args[5]));
    this.options = BenchOptions.read(Settings.ofThisProcess());
    this.suite = new Suite(options);
    this.rounds = new Rounds(options.rounds(), results, Bench::say);
  }

  /**
   * Arguments: project folder, provisioned server, EAR, the simulator's jar, that of the limits, a
   * folder for data.
   */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    try {
      new Bench(args).run();
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException, SQLException {
    List<Report.Codec> codec = List.of();
    try {
      if (!suite.subjects().isEmpty()) {
        codec = first();
      }
      if (!suite.onArchive().isEmpty()) {
        onArchive();
      }
    } catch (LaunchException e) {
      // A load that went wrong is no page; what was measured before it is kept for a look.
      if (machine != null) {
        write(report(codec), place.folder());
      }
      throw e;
    }
    write(report(codec), options.whole() ? place.root().resolve("docs") : place.folder());
  }

  private List<Report.Codec> first() throws IOException, InterruptedException, SQLException {
    try (Stage stage = Stage.open(place, options, suite.devices())) {
      machine = Machine.look(stage.address());
      rounds.run(suite.subjects(), subject -> stage);
      List<Report.Codec> codec = codec(stage);
      stage.discard();
      return codec;
    }
  }

  /** Last: a disk that is nearly full of an archive is no place for the others. */
  private void onArchive() throws IOException, InterruptedException, SQLException {
    try (Archives archives = Archives.open(place, options, suite, Bench::say)) {
      if (machine == null) {
        machine = Machine.look(archives.empty().address());
      }
      rounds.run(suite.onArchive(), archives::of);
    }
  }

  /** Once, and with the whole suite alone: JMH has rounds of its own. */
  private List<Report.Codec> codec(Stage stage) throws IOException, InterruptedException {
    if (!options.whole()) {
      return List.of();
    }
    say("Measuring the codec");
    Path json = stage.file("codec.json");
    List<String> arguments = new ArrayList<>(List.of("codec", "--json=" + json));
    if (options.seconds() < LEAST_FOR_JMH) {
      arguments.add("--quick");
    }
    stage.limit(arguments, line -> {});
    return Report.Codec.read(Json.object(Files.readString(json)));
  }

  private Report report(List<Report.Codec> codec) throws IOException, InterruptedException {
    List<Report.Entry> entries = new ArrayList<>();
    for (Subject subject : suite.all()) {
      String id = subject.label().id();
      List<Report.Ratio> ratios = new ArrayList<>();
      for (Suite.Comparison comparison : suite.comparisons()) {
        if (comparison.subject().equals(id)) {
          results
              .spread(id, comparison.quantity(), comparison.limit())
              .ifPresent(
                  spread ->
                      ratios.add(
                          new Report.Ratio(comparison.limit(), comparison.quantity(), spread)));
        }
      }
      entries.add(new Report.Entry(subject.label(), results.figures(id), ratios));
    }
    List<Report.Judgement> judgements = new ArrayList<>();
    for (Target target : Suite.targets()) {
      results
          .spread(target.subject(), target.quantity(), target.limit())
          .ifPresent(measured -> judgements.add(new Report.Judgement(target, measured)));
    }
    return new Report(
        LocalDate.now(ZoneOffset.UTC),
        commit(),
        options.command(),
        machine,
        options.seconds(),
        options.rounds(),
        entries,
        judgements,
        codec);
  }

  private String commit() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
            .directory(place.root().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? said : "unknown";
  }

  /** Part of the suite is no page: it would stand beside figures of another day. */
  private void write(Report report, Path folder) throws IOException {
    String section = PerformancePage.section(report);
    say("\n" + section);
    Files.writeString(folder.resolve("performance.json"), PerformanceJson.text(report));
    Path page = folder.resolve("performance.md");
    if (Files.exists(page)) {
      PerformancePage.write(page, section);
    }
    say("Written to " + folder.resolve("performance.json"));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
