package org.kvantenergo.wire;

import java.util.List;

/**
 * What is answered to a delivery, once its transaction has committed.
 *
 * @param kind what became of it
 * @param pendingCommands commands due for its device and not yet sent in this session, 0..255 (255
 *     = or more); those of {@code commands} are still among them
 * @param commands what follows the answer at once: at most one a device, and none while one of that
 *     device is unanswered
 */
public record Reply(Kind kind, int pendingCommands, List<DueCommand> commands) {

  /** Stored, nothing due. */
  public static final Reply STORED = new Reply(Kind.STORED, 0, List.of());

  /** What became of a delivery. */
  public enum Kind {
    /** It is stored. */
    STORED,
    /** Everything in it had been stored before; never for INFO. */
    STORED_BEFORE,
    /** Not stored: it came from a telemetry block that is blocked. */
    BLOCK_BLOCKED,
    /**
     * Not stored, and not the fault of its neighbours: there are too many unknown devices already,
     * or the database refuses it and nothing shows yet why. The session ends with REJECT 7.
     */
    REFUSED
  }

  /** Takes its own copy of the list. */
  public Reply {
    commands = List.copyOf(commands);
  }
}
