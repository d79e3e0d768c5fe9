package org.kvantenergo.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * What a module keeps between sessions: who it is, its clock, and the records that nobody has
 * acknowledged yet. Records never change once made, so that a repeat has the same bytes. Touched on
 * one event loop alone.
 */
public final class SimulatedModule {

  /** A module leaves a smaller difference to the server's clock alone, s. */
  private static final int CLOCK_TOLERANCE_SECONDS = 2;

  private static final int RETRIES = 3;

  private final ModuleIdentity identity;
  private final ArrayDeque<Reading> unacknowledged = new ArrayDeque<>(2);
  private boolean clockRunsWrong;
  private long clockOffsetSeconds;
  private int period = 60;
  private int rssi = -80;
  private int failedSessions;
  private List<Reading> lostWithAck = List.of();

  /** A module with no records and a right clock. */
  public SimulatedModule(ModuleIdentity identity) {
    this.identity = identity;
  }

  /** Who it is. */
  public ModuleIdentity identity() {
    return identity;
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
    List<Reading> all = List.copyOf(unacknowledged);
    List<Readings> frames = new ArrayList<>(1);
    for (int from = 0; from < all.size(); from += Readings.MAX_RECORDS) {
      int to = Math.min(all.size(), from + Readings.MAX_RECORDS);
      frames.add(new Readings(all.subList(from, to)));
    }
    return frames;
  }

  /** Forgets records that are acknowledged; frames are acknowledged in the order of sending. */
  void acknowledged(Readings frame) {
    for (Reading record : frame.records()) {
      if (!record.equals(unacknowledged.poll())) {
        throw new IllegalStateException("acknowledged out of order: " + record.recordNumber());
      }
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

  Hello hello() {
    return new Hello(
        DeviceKind.MODULE,
        identity.imei(),
        identity.serial(),
        identity.model(),
        identity.firmware(),
        identity.iccid(),
        ThreadLocalRandom.current().nextLong());
  }

  /** The settings in force: those of the manual's figure 7. */
  Info info() {
    return new Info(1, 0, period, rssi, failedSessions, RETRIES, "", "", "");
  }
}
