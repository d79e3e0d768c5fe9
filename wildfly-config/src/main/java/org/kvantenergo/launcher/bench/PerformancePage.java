package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.launcher.bench.Subject.Kind;

/** The part of docs/performance.md that the program writes itself. */
final class PerformancePage {

  static final String BEGIN = "<!-- figures: written by mvn -Pbench -->";
  static final String END = "<!-- end of figures -->";
  private static final String NOTHING = "–";

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private PerformancePage(Report report) {
    this.report = report;
  }

  /** The tables. */
  static String section(Report report) {
    PerformancePage page = new PerformancePage(report);
    page.head();
    page.targets();
    page.loads();
    page.limits();
    page.hours();
    page.watched();
    page.archives();
    page.idle();
    page.codec();
    page.commands();
    return page.text.toString();
  }

  private void head() {
    say(
        "Measured on %s at commit %s with `%s`: %d round%s of %d s each, alternating.%n",
        report.date(),
        report.commit(),
        report.command(),
        report.rounds(),
        report.rounds() == 1 ? "" : "s",
        report.seconds());
    say("Machine: %s.%n", report.machine().text());
    say("A figure is the median of the rounds; in brackets the least and the greatest.%n");
  }

  private void targets() {
    if (report.judgements().isEmpty()) {
      return;
    }
    table("target", "wanted", "measured", "met");
    for (Report.Judgement judgement : report.judgements()) {
      Target target = judgement.target();
      Spread measured = judgement.measured();
      row(
          target.what(),
          target.wantedText() + (target.everyRound() ? ", every round" : ""),
          ranged(
              target.text(measured.median()),
              target.text(measured.min()),
              target.text(measured.max())),
          judgement.met() ? "yes" : "**no**");
    }
  }

  private void loads() {
    List<Report.Entry> entries = of(Kind.LOAD);
    if (entries.isEmpty()) {
      return;
    }
    table(
        "load",
        "durable records/s",
        "of bare JDBC",
        "of the bare echo",
        "ACK p50, ms",
        "ACK p99, ms",
        "processor, µs a record: server",
        "PostgreSQL",
        "generator");
    for (Report.Entry entry : entries) {
      row(
          entry.label().title(),
          figure(entry, Quantity.RECORDS_PER_SECOND),
          ratio(entry, "insert"),
          ratio(entry, "echo"),
          figure(entry, Quantity.ACK_P50),
          figure(entry, Quantity.ACK_P99),
          figure(entry, Quantity.SERVER_CPU),
          figure(entry, Quantity.POSTGRES_CPU),
          figure(entry, Quantity.GENERATOR_CPU));
    }
  }

  private void limits() {
    List<Report.Entry> entries = of(Kind.LIMIT);
    if (entries.isEmpty()) {
      return;
    }
    table(
        "limit",
        "records/s",
        "ACK p50, ms",
        "ACK p99, ms",
        "processor, µs a record: echo",
        "PostgreSQL",
        "program that asks");
    for (Report.Entry entry : entries) {
      row(
          entry.label().title(),
          figure(entry, Quantity.RECORDS_PER_SECOND),
          figure(entry, Quantity.ACK_P50),
          figure(entry, Quantity.ACK_P99),
          figure(entry, Quantity.SERVER_CPU),
          figure(entry, Quantity.POSTGRES_CPU),
          figure(entry, Quantity.GENERATOR_CPU));
    }
  }

  private void hours() {
    List<Report.Entry> entries = of(Kind.HOUR);
    if (entries.isEmpty()) {
      return;
    }
    table(
        "the hour",
        "from due to ACK p50, ms",
        "p99, ms",
        "longest, ms",
        "generator late p99, ms",
        "REJECT",
        "busy",
        "failed sessions",
        "not stored",
        "stored twice",
        "processor, µs a record: server",
        "PostgreSQL",
        "page: requests",
        "p50, ms",
        "longest, ms");
    for (Report.Entry entry : entries) {
      row(
          entry.label().title(),
          figure(entry, Quantity.DUE_P50),
          figure(entry, Quantity.DUE_P99),
          figure(entry, Quantity.DUE_MAX),
          figure(entry, Quantity.LATE_P99),
          figure(entry, Quantity.REJECTS),
          figure(entry, Quantity.BUSY),
          figure(entry, Quantity.FAILED),
          figure(entry, Quantity.MISSING),
          figure(entry, Quantity.TWICE),
          figure(entry, Quantity.SERVER_CPU),
          figure(entry, Quantity.POSTGRES_CPU),
          figure(entry, Quantity.PAGE_REQUESTS),
          figure(entry, Quantity.PAGE_P50),
          figure(entry, Quantity.PAGE_MAX));
    }
  }

  private void watched() {
    List<Report.Entry> entries =
        of(Kind.HOUR).stream().filter(e -> e.figures().containsKey(Quantity.PUSH_P99)).toList();
    if (entries.isEmpty()) {
      return;
    }
    table(
        "watched",
        "pages",
        "heap, bytes each",
        "messages with rows",
        "bytes each",
        "their own requests",
        "p50, ms",
        "p99, ms",
        "from the packet to the page: p50, ms",
        "p99, ms",
        "longest, ms",
        "not heard of");
    for (Report.Entry entry : entries) {
      row(
          entry.label().title(),
          figure(entry, Quantity.WATCHERS),
          figure(entry, Quantity.HEAP_PER_PAGE),
          figure(entry, Quantity.NUDGES),
          figure(entry, Quantity.PAGE_BYTES),
          figure(entry, Quantity.PAGE_REQUESTS),
          figure(entry, Quantity.PAGE_P50),
          figure(entry, Quantity.PAGE_P99),
          figure(entry, Quantity.PUSH_P50),
          figure(entry, Quantity.PUSH_P99),
          figure(entry, Quantity.PUSH_MAX),
          figure(entry, Quantity.UNSEEN));
    }
  }

  private void archives() {
    List<Report.Entry> entries = of(Kind.ARCHIVE);
    if (entries.isEmpty()) {
      return;
    }
    table(
        "load on",
        "records in it before",
        "durable records/s",
        "of those on an empty one",
        "ACK p50, ms",
        "ACK p99, ms",
        "processor, µs a record: server",
        "PostgreSQL");
    for (Report.Entry entry : entries) {
      row(
          entry.label().title(),
          figure(entry, Quantity.ARCHIVED),
          figure(entry, Quantity.RECORDS_PER_SECOND),
          ratio(entry, "empty"),
          figure(entry, Quantity.ACK_P50),
          figure(entry, Quantity.ACK_P99),
          figure(entry, Quantity.SERVER_CPU),
          figure(entry, Quantity.POSTGRES_CPU));
    }
  }

  private void idle() {
    List<Report.Entry> entries = of(Kind.IDLE);
    if (entries.isEmpty()) {
      return;
    }
    table("idle", "sessions at once", "heap, bytes each", "resident memory", "both together");
    for (Report.Entry entry : entries) {
      row(
          entry.label().title(),
          figure(entry, Quantity.SESSIONS),
          figure(entry, Quantity.HEAP_PER_SESSION),
          figure(entry, Quantity.RSS_PER_SESSION),
          figure(entry, Quantity.MEMORY_PER_SESSION));
    }
  }

  private void codec() {
    if (report.codec().isEmpty()) {
      return;
    }
    table("frame (JMH)", "bytes", "read, ns", "allocated, bytes", "write, ns", "allocated, bytes");
    for (Report.Codec codec : report.codec()) {
      row(
          codec.frame(),
          String.format(Locale.ROOT, "%.0f", codec.length()),
          String.format(Locale.ROOT, "%,.0f", codec.decodeNanos()),
          String.format(Locale.ROOT, "%,.0f", codec.decodeBytes()),
          String.format(Locale.ROOT, "%,.0f", codec.encodeNanos()),
          String.format(Locale.ROOT, "%,.0f", codec.encodeBytes()));
    }
  }

  private void commands() {
    say(
        "%nLoads as given to `kvant-simulator.jar load`, bare JDBC as given to `kvant-benchmark.jar");
    say(" insert`:%n%n");
    for (Report.Entry entry : report.entries()) {
      if (!entry.label().id().endsWith("-echo") && !entry.label().id().endsWith("-empty")) {
        say("- %s: `%s`%n", entry.label().title(), entry.label().command());
      }
    }
  }

  private List<Report.Entry> of(Kind kind) {
    return report.entries().stream().filter(entry -> entry.label().kind() == kind).toList();
  }

  private static String figure(Report.Entry entry, Quantity quantity) {
    return Optional.ofNullable(entry.figures().get(quantity))
        .map(
            spread ->
                ranged(
                    quantity.text(spread.median()),
                    quantity.text(spread.min()),
                    quantity.text(spread.max())))
        .orElse(NOTHING);
  }

  private static String ratio(Report.Entry entry, String limit) {
    return entry.ratios().stream()
        .filter(ratio -> ratio.limit().contains(limit))
        .findFirst()
        .map(
            ratio ->
                ranged(
                    percent(ratio.spread().median()),
                    percent(ratio.spread().min()),
                    percent(ratio.spread().max())))
        .orElse(NOTHING);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static String ranged(String median, String min, String max) {
    return min.equals(max) ? median : median + " (" + min + "–" + max + ")";
  }

  private void table(String... heads) {
    say("%n");
    row(heads);
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < heads.length; i++) {
      rules.add("---");
    }
    row(rules.toArray(new String[0]));
  }

  private void row(String... cells) {
    say("| %s |%n", String.join(" | ", cells));
  }

  private void say(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
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
  }
}
