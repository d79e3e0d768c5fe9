package org.kvantenergo.shared;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** The database did not do what it was asked; rolls the transaction back. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // SQLSTATE classes: data exception, integrity constraint violation.
  private static final String DATA = "22";
  private static final String INTEGRITY = "23";

  // Connection exception, operator intervention (stopping, starting), insufficient resources.
  private static final String CONNECTION = "08";
  private static final String INTERVENTION = "57";
  private static final String RESOURCES = "53";

  private final String sqlState;

  /**
   * Wraps what the database said.
   *
   * @param doing what was being done, for the log
   */
  public DatabaseException(String doing, SQLException cause) {
    super(doing + ": " + said(cause).getMessage(), said(cause));
    String state = said(cause).getSQLState();
    sqlState = state == null ? "" : state;
  }

  /** Of a batch the driver's own message repeats the statement with its values: passwords too. */
  private static SQLException said(SQLException cause) {
    return cause instanceof BatchUpdateException && cause.getNextException() != null
        ? cause.getNextException()
        : cause;
  }

  /** Five characters; empty if the driver gave none. */
  public String sqlState() {
    return sqlState;
  }

  /** Whether there is no database to talk to, rather than one that refuses something. */
  public boolean databaseAway() {
    return sqlState.isEmpty()
        || sqlState.startsWith(CONNECTION)
        || sqlState.startsWith(INTERVENTION)
        || sqlState.startsWith(RESOURCES);
  }

  /** Whether the values are to blame and not the database: other values could have been stored. */
  public boolean blamesData() {
    return sqlState.startsWith(DATA) || sqlState.startsWith(INTEGRITY);
  }
}
