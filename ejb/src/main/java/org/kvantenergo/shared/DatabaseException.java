package org.kvantenergo.shared;

import java.sql.SQLException;

/** The database did not do what it was asked; rolls the transaction back. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Wraps what the driver said.
   *
   * @param doing what was being done, for the log
   */
  public DatabaseException(String doing, SQLException cause) {
    super(doing + ": " + cause.getMessage(), cause);
  }
}
