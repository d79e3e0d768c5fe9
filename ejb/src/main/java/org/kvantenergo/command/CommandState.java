package org.kvantenergo.command;

/**
 * Where a command is. Stored by name: a name is never changed and never given another meaning. The
 * way of most: QUEUED, LEASED, DONE, VERIFIED.
 */
public enum CommandState {
  /** Waits for the device to come. */
  QUEUED(true),
  /**
   * Handed to a session, and perhaps written to its connection; stays so while it is unanswered,
   * and goes out again in a later session.
   */
  LEASED(true),
  /** The device says that it has carried it out; nothing has proven it yet. */
  DONE(false),
  /** INFO or a record shows it in force. */
  VERIFIED(false),
  /** The device refuses it: it is locked, or finds an argument bad. */
  REFUSED(false),
  /** The device cannot do it, or could not. */
  FAILED(false),
  /** The device said that it was done, and INFO or a record shows that it is not so. */
  MISMATCH(false),
  /** Its time was over, or its attempts used up. A result that comes later counts all the same. */
  EXPIRED(false),
  /** Somebody took it back, or what it was to follow came to nothing. */
  CANCELLED(false),
  /** A newer one of the kind took its place before it went out. */
  SUPERSEDED(false);

  private final boolean open;

  CommandState(boolean open) {
    this.open = open;
  }

  /** Whether it may still be sent. */
  public boolean open() {
    return open;
  }

  /** Whether it ended otherwise than it should: what «try the failed again» is about. */
  public boolean bad() {
    return switch (this) {
      case REFUSED, FAILED, MISMATCH, EXPIRED, CANCELLED -> true;
      case QUEUED, LEASED, DONE, VERIFIED, SUPERSEDED -> false;
    };
  }
}
