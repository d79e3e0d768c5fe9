package org.kvantenergo.launcher.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.kvantenergo.launcher.bench.Subject.Kind;
import org.kvantenergo.launcher.bench.Subject.Label;

/** What is measured, in which order, against which limits, and what it must show. */
final class Suite {

  static final String BARE_ONE = "insert-1";
  static final String BARE_ARCHIVE = "insert-64";
  private static final int MOST_KEPT = 10_000;

  /** No more than a server takes before it says that it is busy. */
  private static final int MOST_IDLE = 45_000;

  /** Handshakes take their time, and what one session has does not depend on how many there are. */
  private static final int MOST_IDLE_TLS = 5_000;

  private static final int BLOCKS = 10_000;
  private static final int MODULES = 20_000;

  /** What comes in while many watch; records/s. */
  private static final int RATE = 2_000;

  private static final int WATCHERS = 200;

  /** Commands that wait while records come in. */
  private static final int QUEUED = 100_000;

  private static final int BESIDE_QUEUE = 1_000;

  private static final List<Integer> KEPT = List.of(1, 100, 1_000, MOST_KEPT);
  private static final String ONESHOT =
      "--sessions=oneshot --connections=200 --modules=10000 --first=5001"
          + " --sources=127.0.0.2-127.0.0.9";
  private static final String ARCHIVES =
      "--sessions=kept --connections=100 --records=64 --first=11001";

  private final BenchOptions options;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<Subject> onArchive = new ArrayList<>();
  private final List<Comparison> comparisons = new ArrayList<>();

  /**
   * A load beside its limit.
   *
   * @param quantity what both have
   */
  record Comparison(String subject, String limit, Quantity quantity) {}

  Suite(BenchOptions options) {
    this.options = options;
    if (wanted("a")) {
      kept();
    }
    if (wanted("a") || wanted("d")) {
      insert(BARE_ONE, "bare JDBC, 1 record a device", "--devices=1000 --records=1");
    }
    if (wanted("b")) {
      Label label = load("b", "connect, HELLO, INFO, 1 record, ACK, close", ONESHOT);
      besideEcho(label, Quantity.SESSIONS_PER_SECOND);
    }
    if (wanted("d")) {
      String command = "--sessions=relay --stations=1 --blocks=" + BLOCKS + " --window=100";
      add(load("d", "a base station relaying for 10,000 blocks", command));
      compare("d", BARE_ONE, Quantity.RECORDS_PER_SECOND);
    }
    if (wanted("e")) {
      add(load("e", "archives: 100 sessions kept, 64 records a frame", ARCHIVES));
      insert(BARE_ARCHIVE, "bare JDBC, 64 records a device", "--devices=100 --records=64");
      compare("e", BARE_ARCHIVE, Quantity.RECORDS_PER_SECOND);
    }
    if (wanted("c")) {
      subjects.add(hour("c", "the hour", 0));
    }
    if (wanted("g")) {
      subjects.add(hour("g", "the hour, the page being watched", 1));
    }
    if (wanted("w")) {
      subjects.add(steady("w", WATCHERS + " pages watching", WATCHERS));
      subjects.add(steady("w-alone", "nobody watching", 0));
      compare("w", "w-alone", Quantity.RECORDS_PER_SECOND);
    }
    if (wanted("q")) {
      queued("q", "100,000 commands waiting", QUEUED);
      queued("q-alone", "no command waiting", 0);
      compare("q", "q-alone", Quantity.RECORDS_PER_SECOND);
    }
    if (wanted("f")) {
      idle("f-plain", "plain", MOST_IDLE, false);
      idle("f-tls", "TLS", MOST_IDLE_TLS, true);
    }
    if (wanted("h") && options.archiveRecords() > 0) {
      onArchive("h-a", "1,000 sessions kept, 1 record a frame", kept(1_000));
      onArchive("h-e", "archives: 100 sessions kept, 64 records a frame", ARCHIVES);
      onArchive.add(new OnArchive(hour("h-c", "the hour on a full archive", 0), true));
    }
  }

  /** On either archive; the second is held against the first. */
  private void onArchive(String id, String title, String command) {
    for (boolean full : new boolean[] {false, true}) {
      String own = id + (full ? "-full" : "-empty");
      String words = (full ? "a full archive: " : "an empty archive: ") + title;
      Label label = new Label(own, Kind.ARCHIVE, words, command);
      onArchive.add(new OnArchive(new SimulatorLoad(label, false, options.seconds()), full));
    }
    compare(id + "-full", id + "-empty", Quantity.RECORDS_PER_SECOND);
  }

  private Subject steady(String id, String title, int watchers) {
    int modules = RATE * options.hourSeconds();
    String words = String.format(Locale.ROOT, "%,d records/s, %s", RATE, title);
    return hour(id, words, modules, watchers);
  }

  private void queued(String id, String title, int commands) {
    int sessions = Descriptors.sessions(BESIDE_QUEUE);
    String words = String.format(Locale.ROOT, "%,d sessions kept, %s", sessions, title);
    Label label = load(id, words, kept(sessions));
    SimulatorLoad load = new SimulatorLoad(label, false, options.seconds());
    subjects.add(new QueuedLoad(load, commands, sessions));
  }

  private Subject hour(String id, String title, int watchers) {
    return hour(id, title, options.hourModules(), watchers);
  }

  private Subject hour(String id, String title, int modules, int watchers) {
    String command =
        String.format(
            Locale.ROOT,
            "--sessions=hour --modules=%d --within=%ds --sources=127.0.0.2-127.0.0.33",
            modules,
            options.hourSeconds());
    String words =
        String.format(
            Locale.ROOT, "%s: %,d modules in %d s", title, modules, options.hourSeconds());
    Subject warmUp = new SimulatorLoad(load(id, words, ONESHOT), false, options.seconds());
    return new HourLoad(new Label(id, Kind.HOUR, words, command), watchers, warmUp);
  }

  private void idle(String id, String how, int wish, boolean tls) {
    String command =
        "--sessions=idle --connections="
            + Descriptors.sessions(wish)
            + " --sources=127.0.0.2-127.0.0.9"
            + (tls ? " --tls" : "");
    Label label = new Label(id, Kind.IDLE, "idle sessions, " + how, command);
    subjects.add(new IdleSessions(label, tls));
  }

  private boolean wanted(String letter) {
    return options.only().contains(letter);
  }

  private void kept() {
    for (int wish : KEPT) {
      int sessions = Descriptors.sessions(wish);
      String title =
          String.format(
              Locale.ROOT, "%,d session%s kept, 1 record a frame", sessions, wish > 1 ? "s" : "");
      besideEcho(load("a-" + wish, title, kept(sessions)), Quantity.RECORDS_PER_SECOND);
      compare("a-" + wish, BARE_ONE, Quantity.RECORDS_PER_SECOND);
    }
  }

  private static String kept(int sessions) {
    return "--sessions=kept --connections=" + sessions + " --records=1";
  }

  private static Label load(String id, String title, String command) {
    return new Label(id, Kind.LOAD, title, command);
  }

  private void add(Label label) {
    subjects.add(new SimulatorLoad(label, false, options.seconds()));
  }

  private void besideEcho(Label label, Quantity quantity) {
    String id = label.id() + "-echo";
    add(label);
    Label limit = new Label(id, Kind.LIMIT, "bare echo: " + label.title(), label.command());
    subjects.add(new SimulatorLoad(limit, true, options.seconds()));
    compare(label.id(), id, quantity);
  }

  private void insert(String id, String title, String command) {
    subjects.add(new InsertLimit(new Label(id, Kind.LIMIT, title, command), options.seconds()));
  }

  private void compare(String subject, String limit, Quantity quantity) {
    comparisons.add(new Comparison(subject, limit, quantity));
  }

  /** In the order of a round: a load and its limit side by side. */
  List<Subject> subjects() {
    return List.copyOf(subjects);
  }

  /** What is measured on an empty and on a full archive, side by side; after all others. */
  List<Subject> onArchive() {
    return List.copyOf(onArchive);
  }

  /** All of them. */
  List<Subject> all() {
    return Stream.concat(subjects.stream(), onArchive.stream()).toList();
  }

  List<Comparison> comparisons() {
    return List.copyOf(comparisons);
  }

  /** How many modules of the fleet the loads use. */
  int modules() {
    boolean hour = wanted("c") || wanted("g") || wanted("h");
    int steady = wanted("w") ? RATE * options.hourSeconds() : 0;
    return Math.max(
        Math.max(Math.max(hour ? options.hourModules() : 0, steady), wanted("q") ? QUEUED : 0),
        Math.max(MODULES, Descriptors.sessions(MOST_IDLE)));
  }

  /** The server's properties for the devices that the loads use. */
  Map<String, String> devices() {
    return Map.of(
        "kvant.demo.modules", Integer.toString(modules()),
        "kvant.demo.stations", "1",
        "kvant.demo.blocks", Integer.toString(BLOCKS));
  }

  /** What is asked for; those whose subjects did not run are passed over. */
  static List<Target> targets() {
    return List.of(
        new Target(
            "(a) 1,000 sessions kept: records/s, of bare JDBC",
            "a-1000",
            Quantity.RECORDS_PER_SECOND,
            BARE_ONE,
            Target.Bound.AT_LEAST,
            0.5,
            false),
        new Target(
            "(a) 1,000 sessions kept: processor time of the server, of PostgreSQL's",
            "a-1000",
            Quantity.CPU_RATIO,
            "",
            Target.Bound.AT_MOST,
            1,
            false),
        new Target(
            "(b) connect, send, ACK, close: sessions/s, of the bare echo",
            "b",
            Quantity.SESSIONS_PER_SECOND,
            "b-echo",
            Target.Bound.AT_LEAST,
            0.5,
            false),
        new Target(
            "(e) archives: records/s, of bare JDBC",
            "e",
            Quantity.RECORDS_PER_SECOND,
            BARE_ARCHIVE,
            Target.Bound.AT_LEAST,
            0.75,
            false),
        new Target(
            "(c) the hour: from due to ACK, p99",
            "c",
            Quantity.DUE_P99,
            "",
            Target.Bound.BELOW,
            2_000,
            true),
        none("(c) the hour: REJECT", "c", Quantity.REJECTS),
        none("(c) the hour: told to come back later", "c", Quantity.BUSY),
        none("(c) the hour: acknowledged and not stored", "c", Quantity.MISSING),
        none("(c) the hour: stored twice", "c", Quantity.TWICE),
        new Target(
            "(w) 200 pages: from the packet to the page, p99",
            "w",
            Quantity.PUSH_P99,
            "",
            Target.Bound.BELOW,
            2_000,
            true),
        new Target(
            "(w) 200 pages: heap of one",
            "w",
            Quantity.HEAP_PER_PAGE,
            "",
            Target.Bound.BELOW,
            1 << 20,
            false),
        none("(w) 200 pages: not heard of", "w", Quantity.UNSEEN),
        none("(w) 200 pages: acknowledged and not stored", "w", Quantity.MISSING),
        new Target(
            "(w) 200 pages: records/s, of those without",
            "w",
            Quantity.RECORDS_PER_SECOND,
            "w-alone",
            Target.Bound.AT_LEAST,
            0.9,
            false),
        new Target(
            "(q) 100,000 commands waiting: records/s, of those without",
            "q",
            Quantity.RECORDS_PER_SECOND,
            "q-alone",
            Target.Bound.AT_LEAST,
            0.9,
            false),
        flat(
            "(h) 1,000 sessions kept: records/s on a full archive, of those on an empty one",
            "h-a"),
        flat("(h) archives: records/s on a full archive, of those on an empty one", "h-e"),
        new Target(
            "(f) an idle plain session: heap and resident memory together",
            "f-plain",
            Quantity.MEMORY_PER_SESSION,
            "",
            Target.Bound.AT_MOST,
            8_192,
            false));
  }

  private static Target flat(String what, String id) {
    return new Target(
        what,
        id + "-full",
        Quantity.RECORDS_PER_SECOND,
        id + "-empty",
        Target.Bound.AT_LEAST,
        0.8,
        false);
  }

  private static Target none(String what, String subject, Quantity quantity) {
    return new Target(what, subject, quantity, "", Target.Bound.AT_MOST, 0, true);
  }
}
