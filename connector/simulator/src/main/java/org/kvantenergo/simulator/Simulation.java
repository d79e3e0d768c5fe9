package org.kvantenergo.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.kvantenergo.simulator.net.Connector;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.packet.Readings;

/**
 * What all simulated modules of a run share: the way to the server, the journal, the counts. May be
 * used from any thread.
 */
public final class Simulation implements AutoCloseable {

  private final Connector connector;
  private final Journal journal;
  private final Totals totals = new Totals();
  private final Waits waits;
  private final Clock clock;
  private final Voice voice;
  private volatile boolean stopping;

  /**
   * What a run can be told.
   *
   * @param target where the server is
   * @param threads event loops, 1 or more
   * @param journal file for acknowledged records, null = none
   * @param longestWait cuts every wait after a failed session
   */
  public record Settings(Target target, int threads, Path journal, Duration longestWait) {

    /** One thread, no journal, waits as the protocol has them. */
    public static Settings of(String host, int port) {
      return new Settings(Target.of(host, port), 1, null, Duration.ofDays(1));
    }
  }

  /**
   * Opens the journal and starts the threads; connects nothing yet.
   *
   * @param messages takes numbered lines, from any thread
   * @throws IOException if the journal cannot be opened
   */
  public Simulation(Settings settings, Clock clock, Consumer<String> messages) throws IOException {
    this.journal = settings.journal() == null ? null : new Journal(settings.journal(), messages);
    this.connector = new Connector(settings.target(), settings.threads());
    this.waits = new Waits(settings.longestWait());
    this.clock = clock;
    this.voice = new Voice(messages);
  }

  Connector connector() {
    return connector;
  }

  Clock clock() {
    return clock;
  }

  Voice voice() {
    return voice;
  }

  /** The counts. */
  public Totals totals() {
    return totals;
  }

  /** Asks for the end: no new records, sessions finish what they have begun. */
  public void stop() {
    stopping = true;
  }

  /** Whether the end was asked for. */
  public boolean stopping() {
    return stopping;
  }

  /** Whether every acknowledgement came, none was wrong, and all are in the journal. */
  public boolean clean() {
    return totals.snapshot().clean() && (journal == null || !journal.failed());
  }

  void acknowledged(ModuleIdentity module, Readings frame, boolean already) {
    (already ? totals.already : totals.stored).add(frame.records().size());
    if (journal != null) {
      journal.acknowledged(module, frame.records(), already);
    }
  }

  /** Counts and tells how a session ended; the wait before the next one, ms. */
  long ended(ModuleIdentity module, Ending ending, int attempt) {
    long millis = waits.millis(ending, attempt);
    long seconds = (millis + 999) / 1000;
    switch (ending.kind()) {
      case COMPLETE, ACK_LOST -> {}
      case BUSY -> voice.say(SimulatorMessage.BUSY, seconds);
      case STORAGE_AWAY -> voice.say(SimulatorMessage.STORAGE_AWAY, seconds);
      case REFUSED -> voice.say(SimulatorMessage.REFUSED, module.imei(), ending.detail());
      case UNREACHABLE -> voice.say(SimulatorMessage.UNREACHABLE, ending.detail(), seconds);
      case BROKEN -> voice.say(SimulatorMessage.BROKEN, module.imei(), ending.detail(), seconds);
    }
    return millis;
  }

  @Override
  public void close() {
    stopping = true;
    connector.close();
    if (journal != null) {
      journal.close();
    }
  }
}
