package org.kvantenergo.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Keys keys;
  private final boolean technological;
  private final Map<ModuleIdentity, SimulatedModule> recorded = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /**
   * What a run can be told.
   *
   * @param target where the server is
   * @param threads event loops, 1 or more
   * @param journal file for acknowledged records, null = none
   * @param longestWait cuts every wait after a failed session
   * @param keys of the devices
   * @param technological whether devices begin in the technological mode: settings open, status bit
   *     14 set; else they obey command 3 alone
   */
  public record Settings(
      Target target,
      int threads,
      Path journal,
      Duration longestWait,
      Keys keys,
      boolean technological) {

    /** Recorded keys alone, metrological mode. */
    public Settings(Target target, int threads, Path journal, Duration longestWait) {
      this(target, threads, journal, longestWait, Keys.RECORDED, false);
    }

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
    this.keys = settings.keys();
    this.technological = settings.technological();
  }

  /** A device as the settings have it. */
  SimulatedModule device(ModuleIdentity identity) {
    SimulatedModule device = new SimulatedModule(identity, keys.of(identity));
    device.settings().open(technological);
    return device;
  }

  /** The one recorded device of this identity: what it was told in the replay holds when live. */
  SimulatedModule recorded(ModuleIdentity identity) {
    return recorded.computeIfAbsent(identity, this::device);
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

  /** Counts and notes a step of a command. */
  void command(ModuleIdentity device, long commandId, Journal.Step step, int result) {
    switch (step) {
      case EXECUTED -> totals.commands.executed(commandId);
      case REFUSED -> totals.commands.refused.increment();
      case REPEATED -> totals.commands.repeated.increment();
      case ACKNOWLEDGED -> totals.commands.acknowledged.increment();
    }
    if (journal != null) {
      journal.command(
          new Journal.CommandEntry(device.imei(), device.serial(), commandId, step, result));
    }
  }

  /** Counts and tells how a session ended; the wait before the next one, ms. */
  long ended(ModuleIdentity module, Ending ending, int attempt) {
    long millis = waits.millis(ending, attempt);
    long seconds = (millis + 999) / 1000;
    switch (ending.kind()) {
      case COMPLETE, ACK_LOST, COMMAND_DROPPED, STALLED -> {}
      case BUSY -> {
        totals.busy.increment();
        voice.say(SimulatorMessage.BUSY, seconds);
      }
      case STORAGE_AWAY -> voice.say(SimulatorMessage.STORAGE_AWAY, seconds);
      case REFUSED -> voice.say(SimulatorMessage.REFUSED, module.name(), ending.detail());
      case UNREACHABLE -> voice.say(SimulatorMessage.UNREACHABLE, ending.detail(), seconds);
      case BROKEN -> voice.say(SimulatorMessage.BROKEN, module.name(), ending.detail(), seconds);
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
