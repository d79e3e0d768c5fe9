package org.kvantenergo.wire;

/** How a session ended. Stored by name. */
public enum EndReason {
  /** The module said BYE. */
  BYE,
  /** The module closed the connection without BYE. */
  PEER_CLOSED,
  /** The connection broke. */
  CONNECTION_LOST,
  /** No frame for as long as the kind of device may be silent. */
  IDLE,
  /** A frame was begun and not finished in time. */
  STALLED,
  /** The module did something that closes a session: see REJECT. */
  REJECTED,
  /** Storage failed; the module keeps its data and comes back. */
  STORAGE_UNAVAILABLE,
  /** A newer session of the same device took over. */
  TAKEN_OVER,
  /** The server stopped. */
  SERVER_STOPPED
}
