package org.kvantenergo.registry;

import jakarta.ejb.ApplicationException;

/** What was asked for cannot be; rolls the transaction back. */
@ApplicationException(rollback = true)
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is none such, or it is another organisation's. */
    UNKNOWN,
    /** There is one such already. */
    EXISTS,
    /** Something else holds in that period. */
    OVERLAP,
    /** Somebody else has changed it meanwhile. */
    CHANGED,
    /** What should belong together is of different organisations. */
    OTHER_OWNER,
    /** Another resource. */
    RESOURCE,
    /** A value is out of its range. */
    VALUE,
    /** There is nothing that could end then. */
    NOTHING,
    /** Something still stands there, or did. */
    IN_USE
  }

  private final Reason reason;

  /** With why. */
  public RefusedException(Reason reason) {
    super("refused: " + reason);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
