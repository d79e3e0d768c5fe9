package org.kvantenergo.web.setaside;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Line;

/**
 * A line of the list, ready to be shown.
 *
 * @param id the row
 * @param number place in the whole list, from 1
 * @param received when it came
 * @param imei 15 digits
 * @param serial at least 12 digits
 * @param type name of what it is
 * @param records how many, empty if it holds none
 * @param sqlState five characters, empty if the database was not asked
 * @param error what the database said, without what was being done
 * @param attempts how often it was tried again
 * @param next when it is tried again, empty if it is stored
 * @param state what became of it
 * @param stored when it was stored, empty while it waits
 */
public record FrameLine(
    long id,
    String number,
    Moment received,
    Identifier imei,
    Identifier serial,
    String type,
    String records,
    String sqlState,
    String error,
    String attempts,
    Moment next,
    State state,
    Moment stored)
    implements Line {

  /** What became of a frame. */
  public enum State {
    /** Its next attempt lies ahead. */
    WAITING,
    /** It is its turn. */
    DUE,
    /** It is stored. */
    STORED
  }

  /** Whether it is not stored yet. */
  public boolean open() {
    return state != State.STORED;
  }
}
