package org.kvantenergo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The part of docs/performance.md that the program writes itself. */
final class PerformancePage {
  static final String BEGIN = "<!-- figures: written by mvn -Pbench -->";
  static final String END = "<!-- end of figures -->";

  private PerformancePage() {}

  static String section(
      LocalDate day, String machine, String commit, int seconds, List<BenchResult> results) {
    StringBuilder text = new StringBuilder();
    text.append("Measured on ").append(day).append(" with `mvn -Pbench`, ").append(seconds);
    text.append(" s each after a warm-up.\nMachine: ").append(machine);
    text.append(".\nOne small commit of this database (fsync on): ").append(commit);
    text.append(", median.\n\n");
    text.append("| load | durable records/s | sessions/s | ACK p50, ms | ACK p99, ms |\n");
    text.append("|---|---|---|---|---|\n");
    for (BenchResult result : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %s | %.1f | %.1f |%n",
              result.load().title(),
              result.recordsPerSecond(),
              result.load() == BenchLoad.ONESHOT
                  ? String.format(Locale.ROOT, "%,.0f", result.sessionsPerSecond())
                  : "–",
              result.p50(),
              result.p99()));
    }
    text.append(
        "\nThe loads, as given to the simulator (`java -jar kvant-simulator.jar load …`):\n\n");
    for (BenchResult result : results) {
      text.append("- ").append(result.load().title()).append(": `");
      text.append(String.join(" ", result.load().arguments())).append("`\n");
    }
    return text.toString();
  }

  /** Puts the section between the page's two marks. */
  static void write(Path page, String section) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IOException(page + " has lost its marks " + BEGIN + " and " + END);
    }
    Files.writeString(page, text.substring(0, begin) + "\n" + section + text.substring(end));
    System.out.println();
    System.out.println(section);
    System.out.println("Written to " + page);
  }
}
