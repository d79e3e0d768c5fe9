package org.kvantenergo.shared;

import jakarta.ejb.ApplicationException;

/** Somebody asked for what they may not do; rolls the transaction back. Pages answer with 403. */
@ApplicationException(rollback = true)
public final class NotPermittedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Permission permission;

  /** With what was missing. */
  public NotPermittedException(Permission permission) {
    super("not permitted: " + permission);
    this.permission = permission;
  }

  /** What was missing. */
  public Permission permission() {
    return permission;
  }
}
