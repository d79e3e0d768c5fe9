package org.kvantenergo.simulator;

/**
 * How a session of a simulated module ended.
 *
 * @param kind what happened
 * @param retryAfter s, what a busy server asked for; else 0
 * @param detail for people; empty if there is nothing to add
 */
public record Ending(Kind kind, int retryAfter, String detail) {

  /** What happened. */
  public enum Kind {
    /** Everything was acknowledged, then BYE. */
    COMPLETE,
    /** As asked for: an acknowledgement came and was thrown away. */
    ACK_LOST,
    /** As asked for: a command was carried out and its result not sent. */
    COMMAND_DROPPED,
    /** As asked for: a frame stopped half-way. */
    STALLED,
    /** HELLO_ACK 4. */
    BUSY,
    /** REJECT 7. */
    STORAGE_AWAY,
    /** HELLO_ACK 2 or 3. */
    REFUSED,
    /** No connection. */
    UNREACHABLE,
    /** The connection ended or the server departed from the protocol. */
    BROKEN
  }

  static Ending of(Kind kind) {
    return new Ending(kind, 0, "");
  }

  static Ending of(Kind kind, String detail) {
    return new Ending(kind, 0, detail);
  }
}
