package org.kvantenergo.command;

/** What became of a device in a campaign, in the few words of a progress bar. */
public enum OutcomeKind {
  /** It is in force. */
  VERIFIED,
  /** The device has carried it out. */
  DONE,
  /** It ended otherwise than it should: what is tried again. */
  FAILED,
  /** It is at a session. */
  LEASED,
  /** It waits for the device, or for the first devices. */
  WAITING,
  /** A newer command took its place. */
  SUPERSEDED,
  /** The device gets none. */
  LEFT_OUT;

  /** Where a command of a state belongs. */
  public static OutcomeKind of(CommandState state) {
    return switch (state) {
      case QUEUED -> WAITING;
      case LEASED -> LEASED;
      case DONE -> DONE;
      case VERIFIED -> VERIFIED;
      case REFUSED, FAILED, MISMATCH, EXPIRED, CANCELLED -> FAILED;
      case SUPERSEDED -> SUPERSEDED;
    };
  }
}
