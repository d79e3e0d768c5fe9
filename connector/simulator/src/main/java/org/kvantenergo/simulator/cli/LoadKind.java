package org.kvantenergo.simulator.cli;

/** How a load asks for all that a server has. */
enum LoadKind {
  /** Connections stay, each has one frame unanswered at any time. */
  KEPT,
  /** A session a frame, one after the other. */
  ONESHOT,
  /** Every module once, a session each, when it is due. */
  HOUR,
  /** Base stations that relay for many blocks. */
  RELAY,
  /** Connections stay, and are silent. */
  IDLE
}
