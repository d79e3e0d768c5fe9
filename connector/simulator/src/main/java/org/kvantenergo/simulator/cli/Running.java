package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.kvantenergo.simulator.Measurement;
import org.kvantenergo.simulator.Run;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.SimulatorMessage;
import org.kvantenergo.simulator.Totals;

/** Takes a run from its start to its exit code, with progress lines on the way. */
final class Running {

  private static final DateTimeFormatter CLOCK_FACE = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration DRAIN_INTERRUPTED = Duration.ofSeconds(5);

  private final Simulation simulation;
  private final Common common;
  private final Interruption interruption;
  private final PrintWriter out;
  private final PrintWriter err;
  private final long started = System.nanoTime();
  private long printed = started;
  private Totals.Snapshot before;

  Running(
      Simulation simulation,
      Common common,
      Interruption interruption,
      PrintWriter out,
      PrintWriter err) {
    this.simulation = simulation;
    this.common = common;
    this.interruption = interruption;
    this.out = out;
    this.err = err;
    this.before = simulation.totals().snapshot();
  }

  /**
   * Starts a run and waits until it is done, its time is over, or Ctrl-C.
   *
   * @param duration null = no limit
   */
  void work(Run run, Duration duration) {
    run.start();
    await(run, duration);
  }

  /** Waits as {@link #work} does, for a run that has been started. */
  void await(Run run, Duration duration) {
    long end = duration == null ? Long.MAX_VALUE : System.nanoTime() + duration.toNanos();
    while (!run.done() && System.nanoTime() < end && !interruption.within(GLANCE)) {
      progress();
    }
  }

  /** Waits for something, or Ctrl-C. */
  void until(BooleanSupplier reached) {
    while (!reached.getAsBoolean() && !interruption.within(GLANCE)) {
      progress();
    }
  }

  /**
   * Lets a run that has been started get warm.
   *
   * @param longest no longer than this
   * @param settling ends it earlier; null = does not
   */
  void warmUp(Run run, Duration longest, Settling settling) {
    long end = System.nanoTime() + longest.toNanos();
    boolean warm = false;
    while (!warm && System.nanoTime() < end && !interruption.within(Duration.ofNanos(1))) {
      long begin = System.nanoTime();
      long records = simulation.totals().snapshot().acknowledged();
      long left = end - begin;
      await(run, settling == null || left < WINDOW.toNanos() ? Duration.ofNanos(left) : WINDOW);
      double seconds = (System.nanoTime() - begin) / 1e9;
      long more = simulation.totals().snapshot().acknowledged() - records;
      warm = settling != null && settling.add(more / seconds);
    }
  }

  /** Begins to measure, and says so. */
  Measurement measuring(Simulation what) {
    Measurement measurement = new Measurement(what);
    say("Measuring");
    return measurement;
  }

  /** What was measured; says that the measuring is over. */
  Measurement.Figures measured(Measurement measurement) {
    Measurement.Figures figures = measurement.figures();
    say("Measured");
    return figures;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Ends the run: nothing new, what is out comes home. */
  void end(Run run) {
    simulation.stop();
    run.finish();
    Duration patience = common.drain;
    if (interruption.within(Duration.ofNanos(1)) && patience.compareTo(DRAIN_INTERRUPTED) > 0) {
      patience = DRAIN_INTERRUPTED;
    }
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end && !home(simulation.totals().snapshot())) {
      pause();
      progress();
    }
  }

  private static boolean home(Totals.Snapshot now) {
    return now.waiting() == 0 && now.open() == 0;
  }

  private static void pause() {
    LockSupport.parkNanos(GLANCE.toNanos());
  }

  private void progress() {
    double seconds = (System.nanoTime() - printed) / 1e9;
    if (!common.quiet && seconds * 1000 >= common.progress.toMillis()) {
      printed = System.nanoTime();
      Totals.Snapshot now = simulation.totals().snapshot();
      out.println(line(now, seconds));
      out.flush();
      before = now;
    }
  }

  private String line(Totals.Snapshot now, double seconds) {
    return String.format(
        Locale.ROOT,
        "%s  sessions %d (%.0f/s)  open %d  acknowledged %d (%.0f/s)  waiting %d  failed %d  ACK p50 %.1f ms p99 %.1f ms",
        CLOCK_FACE.format(LocalTime.now(ZoneId.systemDefault())),
        now.sessions(),
        (now.sessions() - before.sessions()) / seconds,
        now.open(),
        now.acknowledged(),
        (now.acknowledged() - before.acknowledged()) / seconds,
        now.waiting(),
        now.failed(),
        now.p50() / 1e3,
        now.p99() / 1e3);
  }

  /** Prints the summary, writes the JSON, closes the simulation; the exit code. */
  int summary(String extra, String extraJson) throws IOException {
    simulation.close();
    Totals.Snapshot now = simulation.totals().snapshot();
    double seconds = (System.nanoTime() - started) / 1e9;
    boolean clean = simulation.clean();
    out.print(Summary.text(now, seconds));
    out.printf(
        Locale.ROOT,
        "ACK of READINGS: p50 %.2f ms, p99 %.2f ms, max %.2f ms%s%n",
        now.p50() / 1e3,
        now.p99() / 1e3,
        now.max() / 1e3,
        extra);
    out.flush();
    if (now.waiting() != 0) {
      err.println(SimulatorMessage.NOT_ACKNOWLEDGED.line(now.waiting()));
      err.flush();
    }
    if (common.json != null) {
      Files.writeString(common.json, Summary.json(now, seconds, clean, extraJson));
    }
    return clean ? 0 : 1;
  }
}
