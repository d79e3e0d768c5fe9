package org.kvantenergo.view;

import jakarta.ejb.ApplicationException;

/** What was asked for a view cannot be; rolls the transaction back. */
@ApplicationException(rollback = true)
public final class ViewRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is none such, or it is another person's. */
    UNKNOWN,
    /** A name or a part of the look is empty or too long. */
    VALUE,
    /** There is one of that name. */
    EXISTS,
    /** There are as many as one person may have. */
    MANY
  }

  private final Reason reason;

  /** With why. */
  public ViewRefusedException(Reason reason) {
    super("refused: " + reason);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
