package org.kvantenergo.event.internal;

import java.sql.SQLException;

/** The database refused what outbox or relay asked of it. Its cause tells the SQLSTATE. */
public class OutboxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what the database said. */
  public OutboxException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
