package org.kvantenergo.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * What a device keeps between sessions: who it is, its key, its clock, its settings, the commands
 * it has obeyed, and its records, those first that nobody has acknowledged yet. Records never
 * change once made, so that a repeat has the same bytes. Touched on one event loop alone.
 */
public final class SimulatedModule {

  /** A module leaves a smaller difference to the server's clock alone, s. */
  private static final int CLOCK_TOLERANCE_SECONDS = 2;

  private final ModuleIdentity identity;
  private final byte[] key;
  private final DeviceSettings settings = new DeviceSettings();
  private final CommandMemory commands = new CommandMemory();
  private final RecordMemory archive = new RecordMemory();
  private final ArrayDeque<Reading> unacknowledged = new ArrayDeque<>(2);
  private final SessionCounter counter = new SessionCounter();
  private boolean clockRunsWrong;
  private long clockOffsetSeconds;
  private int period = 60;
  private int rssi = -80;
  private int failedSessions;
  private List<Reading> lostWithAck = List.of();
  private Runnable changed = () -> {};

  /** A module with no key, no records and a right clock. */
  public SimulatedModule(ModuleIdentity identity) {
    this(identity, null);
  }

  /**
   * A module with no records and a right clock.
   *
   * @param key 32 bytes, null = none
   */
  SimulatedModule(ModuleIdentity identity, byte[] key) {
    this.identity = identity;
    this.key = key;
  }

  /** Who it is. */
  public ModuleIdentity identity() {
    return identity;
  }

  /** 32 bytes; null if it has none. */
  byte[] key() {
    return key;
  }

  DeviceSettings settings() {
    return settings;
  }

  CommandMemory commands() {
    return commands;
  }

  RecordMemory archive() {
    return archive;
  }

  SessionCounter counter() {
    return counter;
  }

  /** Who keeps for the next run what changes; called on the module's event loop. */
  void onChange(Runnable keeper) {
    changed = keeper;
  }

  /** Settings, commands or counter have changed. */
  void changed() {
    changed.run();
  }

  /** Gives it a clock that is off and stays so, whatever the server says. */
  void breakClock(long offsetSeconds) {
    clockRunsWrong = true;
    clockOffsetSeconds = offsetSeconds;
  }

  /** What its clock shows, u32 seconds since 1970. */
  long clock(Instant now) {
    return Math.max(0, now.getEpochSecond() + clockOffsetSeconds) & 0xFFFF_FFFFL;
  }

  /** Sets the clock as HELLO_ACK asks. */
  void serverTime(long serverSeconds, Instant now) {
    if (!clockRunsWrong && Math.abs(serverSeconds - clock(now)) > CLOCK_TOLERANCE_SECONDS) {
      clockOffsetSeconds = serverSeconds - now.getEpochSecond();
    }
  }

  /** Makes a record as the settings have it, and adds it. */
  Reading make(Reading record) {
    Reading made = settings.inForce(record);
    add(made);
    return made;
  }

  /** Adds a record that is to be sent. */
  public void add(Reading record) {
    unacknowledged.add(record);
    period = record.period();
    rssi = record.rssi();
  }

  /** Records that wait for an acknowledgement. */
  public int waiting() {
    return unacknowledged.size();
  }

  /** Everything that waits, oldest first, in as many frames as it takes. */
  List<Readings> frames() {
    return RecordMemory.frames(List.copyOf(unacknowledged));
  }

  /** Archives records that are acknowledged; frames are acknowledged in the order of sending. */
  void acknowledged(Readings frame) {
    for (Reading record : frame.records()) {
      if (!record.equals(unacknowledged.poll())) {
        throw new IllegalStateException("acknowledged out of order: " + record.recordNumber());
      }
      archive.keep(record);
    }
  }

  /** Remembers that the server has acknowledged a frame, though the module did not hear it. */
  void ackLost(Readings frame) {
    lostWithAck = frame.records();
  }

  /** Whether the server has acknowledged exactly this frame before. */
  boolean wasAcknowledgedBefore(Readings frame) {
    return !lostWithAck.isEmpty() && frame.records().equals(lostWithAck);
  }

  /** Counts a session that failed; the next INFO tells. */
  void sessionFailed() {
    failedSessions = Math.min(0xFFFF, failedSessions + 1);
  }

  /** HELLO of the next session; with a key its counter has grown. */
  Hello hello(DeviceKind kind, Instant now) {
    long nonce = ThreadLocalRandom.current().nextLong();
    if (key != null) {
      nonce = nonce << Integer.SIZE | counter.next(now);
      changed();
    }
    return new Hello(
        kind,
        identity.imei(),
        identity.serial(),
        identity.model(),
        identity.firmware(),
        identity.iccid(),
        nonce);
  }

  /** The settings in force. */
  Info info() {
    return settings.info(period, rssi, failedSessions);
  }
}
