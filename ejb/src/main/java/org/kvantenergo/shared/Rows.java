package org.kvantenergo.shared;

import java.io.IOException;

/**
 * Takes the rows that a cursor brings, one at a time, on the cursor's thread. What it throws ends
 * the cursor and comes out of the call that opened it.
 *
 * @param <T> the row
 */
public interface Rows<T> {

  /**
   * Before anything is asked of the database.
   *
   * @param stop ends what the database is doing for this cursor; for any thread, at any time, more
   *     than once: after the end it does nothing
   */
  default void begun(Runnable stop) {}

  /** Before the first row: how many will come, since one moment is looked at. */
  void total(long rows) throws IOException;

  /** The next row. */
  void row(T row) throws IOException;
}
