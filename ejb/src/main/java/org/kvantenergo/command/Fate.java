package org.kvantenergo.command;

/** What an order comes to for a device. Stored by name. */
public enum Fate {
  /** A command is queued. */
  QUEUED,
  /** Of these: it takes the place of an older one of the kind that is still queued. */
  REPLACES,
  /** Of these: the device is locked and will refuse, as the order is no task that opens it. */
  LOCKED,
  /** Of these: an older one of the kind has gone out already, and may be carried out before. */
  AFTER_SENT,
  /** Refused: it never reported, so nobody knows whether it is there. */
  NEVER_REPORTED,
  /** Refused: it is blocked. */
  BLOCKED,
  /** Refused: it is not registered, or another device took its place. */
  UNREGISTERED,
  /** Refused: devices of its kind have nothing that this command could set. */
  NO_SUCH_COMMAND,
  /** Refused: there is none, or it is not for the eyes of who asks. */
  UNKNOWN;

  /** Whether nothing is queued for the device. */
  public boolean refused() {
    return switch (this) {
      case QUEUED, REPLACES, LOCKED, AFTER_SENT -> false;
      case NEVER_REPORTED, BLOCKED, UNREGISTERED, NO_SUCH_COMMAND, UNKNOWN -> true;
    };
  }
}
