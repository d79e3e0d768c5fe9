package org.kvantenergo.event.internal;

import jakarta.ejb.ApplicationException;

/** The broker did not take a message. Told apart from a failure of ours, so not wrapped. */
@ApplicationException(rollback = true)
public class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what the broker said. */
  public BrokerException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
