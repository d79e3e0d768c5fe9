package org.kvantenergo.web.export;

import java.time.Instant;

/** One export: whose, how far, and how to stop it. Safe for any thread. */
public final class Export {

  /** Where an export is. */
  public enum State {
    /** Nothing was sent yet. */
    WAITING,
    /** Rows are being sent. */
    RUNNING,
    /** All of it was sent. */
    DONE,
    /** Somebody stopped it, or the browser did. */
    CANCELLED,
    /** Something went wrong; the log says what. */
    FAILED,
    /** Not begun: the person has as many as one may have. */
    BUSY_PERSON,
    /** Not begun: the server has as many as it takes. */
    BUSY_NODE,
    /** Not begun: the format does not take so many rows. */
    TOO_MANY,
    /** Not begun: there is no table. */
    NOTHING;

    /** Whether it takes a place. */
    public boolean isUnderWay() {
      return this == WAITING || this == RUNNING;
    }
  }

  private final long id;
  private final Owner owner;
  private final String fileName;
  private final Instant begunAt;
  private volatile State state;
  private volatile long total;
  private volatile long written;
  private volatile Instant movedAt;
  private volatile boolean cancelled;
  private Thread thread;
  private Runnable cursor = () -> {};
  private Runnable wire = () -> {};

  /**
   * Whose an export is.
   *
   * @param account the person
   * @param session secret of the session that asked for it
   * @param ticket by which the page knows it again; empty if it has none
   */
  public record Owner(long account, String session, String ticket) {

    @Override
    public String toString() {
      return "Owner[account=" + account + "]";
    }
  }

  Export(long id, Owner owner, String fileName, Instant now, State state) {
    this.id = id;
    this.owner = owner;
    this.fileName = fileName;
    this.begunAt = now;
    this.movedAt = now;
    this.state = state;
  }

  /**
   * This thread works on it from now on.
   *
   * @param cut ends the connection, from any thread
   */
  synchronized void workedOnHere(Runnable cut) {
    thread = Thread.currentThread();
    wire = cut;
  }

  /** How the database's part of it is stopped. */
  synchronized void stopCursorBy(Runnable stop) {
    cursor = stop;
  }

  /** Rows are about to be sent. */
  void begin(long rows, Instant now) {
    total = rows;
    movedAt = now;
    state = State.RUNNING;
  }

  /** So many rows were sent. */
  void moved(long rows, Instant now) {
    written = rows;
    movedAt = now;
  }

  /** Nobody works on it any more. */
  synchronized void end(State how, Instant now) {
    thread = null;
    cursor = () -> {};
    wire = () -> {};
    movedAt = now;
    state = how;
    // Of who stopped it in the last moment.
    Thread.interrupted();
  }

  /** Stops it, whatever it is waiting for: the database, or a browser that takes nothing. */
  synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      wire.run();
      thread.interrupt();
      cursor.run();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  public long getId() {
    return id;
  }

  Owner owner() {
    return owner;
  }

  public String getTicket() {
    return owner.ticket();
  }

  public String getFileName() {
    return fileName;
  }

  public State getState() {
    return state;
  }

  /** Rows that there are; 0 before that is known. */
  public long getTotal() {
    return total;
  }

  /** Rows that were sent. */
  public long getWritten() {
    return written;
  }

  Instant begunAt() {
    return begunAt;
  }

  /** When something of it happened last. */
  Instant movedAt() {
    return movedAt;
  }
}
