package org.kvantenergo.registry.lists.internal;

import java.util.List;

/**
 * A line of a file.
 *
 * @param number of the line, from 1
 * @param cells texts, numbers and dates as they stand there, in their order
 */
record RawLine(int number, List<Cell> cells) {

  /**
   * A cell.
   *
   * @param text stripped; dates as in ISO 8601; empty if there is nothing
   * @param kind what it is
   */
  record Cell(String text, Kind kind) {

    static final Cell EMPTY = new Cell("", Kind.VALUE);
  }

  /** What a cell is. */
  enum Kind {
    VALUE,
    FORMULA,
    WRONG_ENCODING
  }

  /** Whether nothing stands in it. */
  boolean blank() {
    return cells.stream().allMatch(cell -> cell.text.isEmpty() && cell.kind == Kind.VALUE);
  }
}
