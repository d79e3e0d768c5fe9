package org.kvantenergo.web.export;

/**
 * A column and where its values come from.
 *
 * @param column as it is written
 * @param value of a row
 * @param <R> the row
 */
public record Field<R>(Column column, Value<R> value) {

  /**
   * From a row to a value of the column's type.
   *
   * @param <R> the row
   */
  public interface Value<R> {
    /** The value of a row that has a number in the file, from 1; null for nothing known. */
    Object of(R row, long number);
  }
}
