package org.kvantenergo.adapter;

import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Every message of the adapter that asks for attention; docs/errors.md says what to do. */
@SuppressWarnings("ImmutableEnumChecker") // what was said when is kept with the message
public enum AdapterLog {
  /** The port is open. */
  PORT_OPEN(1001, Level.INFO, "modules are taken on {0}:{1}"),
  /** The port cannot be opened. */
  PORT_TAKEN(
      1002,
      Level.ERROR,
      "port {0}:{1} cannot be opened ({2}); set kvant.module.port or free it; trying again every 5 s"),
  /** The port is closed. */
  PORT_CLOSED(1003, Level.INFO, "port {0} is closed, {1} sessions were open"),
  /** A batch was not committed. */
  NOT_STORED(
      1004,
      Level.ERROR,
      "a batch of {0} packets was not stored, its modules keep their data and come back: {1}"),
  /** Admissions failed. */
  NOT_ADMITTED(1005, Level.ERROR, "{0} sessions could not be admitted and come back later: {1}"),
  /** A session broke on an error of ours. */
  SESSION_FAULT(1006, Level.ERROR, "session of {0} was closed by a fault of the program: {1}"),
  /** The server's work manager is full. */
  NO_THREAD(1007, Level.WARNING, "no work thread to be had, trying again: {0}"),
  /** Sessions did not end in time. */
  STOPPED_EARLY(
      1008, Level.WARNING, "{0} sessions did not end within {1} s of the stop and were cut off"),
  /** The application is not ready. */
  WAITING(1009, Level.INFO, "waiting for the application before the module port is opened"),
  /** ready() cannot be called, or throws. */
  NOT_ASKED(
      1010,
      Level.INFO,
      "the application cannot say yet whether it is ready; the module port stays shut: {0}"),
  /** Something threw where nothing may. */
  LANE_FAULT(1011, Level.ERROR, "answers to some modules were lost by a fault of the program: {0}"),
  /** Batches did not end in time. */
  BATCHES_CUT(
      1012, Level.WARNING, "batches did not end within {0} s of the stop; modules send them again"),
  /** Custody lost a few times. */
  ACKS_NOT_NOTED(
      1013, Level.WARNING, "when the ACKs of {0} batches went out could not be noted: {1}"),
  /** An answer took too long. */
  TOO_LATE(
      1014,
      Level.WARNING,
      "storage has not answered for {0} s; {1} was told to come back, and what was pending may be stored all the same"),
  /** An address has too many connections. */
  ADDRESS_FULL(
      1015,
      Level.WARNING,
      "a connection of {0} was closed: {1} are open already from that address"),
  /** The TLS port is open. */
  TLS_OPEN(1019, Level.INFO, "modules are taken by TLS on {0}:{1}"),
  /** The TLS port cannot be opened. */
  TLS_NOT_OPEN(
      1016,
      Level.ERROR,
      "modules are not taken by TLS: {0}; check kvant.module.tls.keystore, its password and the port; trying again every 5 s"),
  /** A new certificate is in use. */
  TLS_LOADED(1017, Level.INFO, "certificate {0} for modules is in use, valid until {1}"),
  /** The new keystore cannot be used. */
  TLS_NOT_RELOADED(
      1018, Level.ERROR, "keystore {0} has changed and cannot be used, the old one stays: {1}"),
  /** A rehearsal has ended. */
  REHEARSED(
      1020,
      Level.INFO,
      "the way of a packet was rehearsed for {0} s with {1} records of nobody, until {2}"),
  /** No rehearsal could be held. */
  NOT_REHEARSED(
      1021,
      Level.WARNING,
      "the way of a packet could not be rehearsed, the first minutes of load are slower: {0}");

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.adapter");
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final int number;
  private final Level level;
  private final String text;
  private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong unsaid = new AtomicLong();

  AdapterLog(int number, Level level, String text) {
    this.number = number;
    this.level = level;
    this.text = text;
  }

  /** The number in docs/errors.md. */
  public int number() {
    return number;
  }

  /** Says it. */
  public void say(Object... arguments) {
    LOG.log(level, line(arguments));
  }

  /**
   * Says it at most once in 10 s, with how often it was left unsaid: one outage is one story, not a
   * line a packet. The cause's stack trace is for DEBUG.
   */
  public void sayOccasionally(Throwable cause, Object... arguments) {
    long now = System.nanoTime();
    long until = quietUntil.get();
    if ((until == Long.MIN_VALUE || now - until >= 0)
        && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
      long left = unsaid.getAndSet(0);
      LOG.log(level, line(arguments) + (left == 0 ? "" : " (and " + left + " more before)"));
    } else {
      unsaid.incrementAndGet();
    }
    LOG.log(Level.DEBUG, "KVANT-" + number, cause);
  }

  private String line(Object... arguments) {
    Object[] plain = new Object[arguments.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = String.valueOf(arguments[i]);
    }
    return "KVANT-" + number + " " + MessageFormat.format(text, plain);
  }
}
