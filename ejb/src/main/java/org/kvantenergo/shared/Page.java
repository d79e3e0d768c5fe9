package org.kvantenergo.shared;

import java.util.List;

/**
 * A part of a list.
 *
 * @param rows the rows asked for, at most as many as asked
 * @param total how many there are in all
 * @param <T> the row
 */
public record Page<T>(List<T> rows, long total) {

  /** Takes its own copy of the list. */
  public Page {
    rows = List.copyOf(rows);
  }
}
