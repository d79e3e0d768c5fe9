package org.kvantenergo.account;

/**
 * The roles that every installation has, for all its organisations; which permissions they hold is
 * a migration's business. Stored by name.
 */
public enum ReadyRole {
  /** Everything. */
  ADMINISTRATOR,
  /** Has the registry and the people of an organisation in order, and looks on. */
  MANAGER,
  /** Works on devices, singly and in bulk. */
  ENGINEER,
  /** Watches and controls the fleet. */
  OPERATOR,
  /** Watches. */
  OBSERVER
}
