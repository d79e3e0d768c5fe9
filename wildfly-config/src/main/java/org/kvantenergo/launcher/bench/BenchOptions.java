package org.kvantenergo.launcher.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.launcher.Settings;

/**
 * What can be chosen; docs/performance.md is the text for people.
 *
 * @param seconds how long each load is measured in a round, 1 to 3600
 * @param rounds 1 to 100
 * @param only letters of the loads, a to h; all of them = the whole suite
 * @param hourModules modules of the hour, 1 to 1,000,000
 * @param hourSeconds how long their moments are spread over, 1 to 3600
 * @param archiveRecords what a full archive holds, 0 (none is made) to 1,000,000,000
 * @param heap the server's, JVM notation
 * @param command the command line that asks for the same
 */
record BenchOptions(
    int seconds,
    int rounds,
    Set<String> only,
    int hourModules,
    int hourSeconds,
    int archiveRecords,
    String heap,
    String command) {

  static final Set<String> ALL = Set.of("a", "b", "c", "d", "e", "f", "g", "h", "q", "w");

  private static final List<String> NAMES =
      List.of(
          "kvant.bench.seconds",
          "kvant.bench.rounds",
          "kvant.bench.only",
          "kvant.bench.hour.modules",
          "kvant.bench.hour.seconds",
          "kvant.bench.archive.records",
          "kvant.heap");

  BenchOptions {
    only = Set.copyOf(only);
  }

  static BenchOptions read(Settings settings) {
    Set<String> only = new TreeSet<>(ALL);
    String list = settings.text("kvant.bench.only").orElse("");
    if (!list.isEmpty()) {
      only = new TreeSet<>(List.of(list.split(",", -1)));
      if (!ALL.containsAll(only)) {
        throw LaunchMessage.WRONG_OPTION.exception(
            "kvant.bench.only", list, "some of a,b,c,d,e,f,g,h,q,w");
      }
    }
    List<String> command = new ArrayList<>(List.of("mvn", "-Pbench"));
    for (String name : NAMES) {
      settings.text(name).ifPresent(value -> command.add("-D" + name + "=" + value));
    }
    return new BenchOptions(
        settings.number("kvant.bench.seconds", 10, 1, 3_600),
        settings.number("kvant.bench.rounds", 5, 1, 100),
        only,
        settings.number("kvant.bench.hour.modules", 100_000, 1, 1_000_000),
        settings.number("kvant.bench.hour.seconds", 40, 1, 3_600),
        settings.number("kvant.bench.archive.records", 100_000_000, 0, 1_000_000_000),
        settings.heap("kvant.heap", "2g"),
        String.join(" ", command));
  }

  /** Whether nothing is left out. */
  boolean whole() {
    return only.equals(ALL);
  }
}
