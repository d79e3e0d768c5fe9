package org.kvantenergo.simulator.cli;

/** How long a connection lives. */
enum SessionKind {
  /** HELLO, INFO, READINGS, BYE, and the next one. */
  ONESHOT,
  /** Stays open, READINGS after READINGS. */
  KEPT
}
