package org.kvantenergo.shared;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Binds rows to a statement that takes them by {@code unnest}: one array a column, in the order of
 * the calls. The driver sends the arrays in binary. What may be null has a method of its own.
 *
 * @param <T> the row
 */
public final class Columns<T> {

  /** A value that is a float already: no detour by double, so that a NaN keeps its bits. */
  @FunctionalInterface
  public interface ToFloat<T> {

    /** The value of a row. */
    float of(T row);
  }

  private final PreparedStatement statement;
  private final List<T> rows;
  private int place;

  /** Begins at the statement's first place. */
  public Columns(PreparedStatement statement, List<T> rows) {
    this.statement = statement;
    this.rows = rows;
  }

  /** A bigint[]. */
  public void longs(ToLongFunction<T> value) throws SQLException {
    statement.setObject(++place, rows.stream().mapToLong(value).toArray());
  }

  /** An int[]. */
  public void ints(ToIntFunction<T> value) throws SQLException {
    statement.setObject(++place, rows.stream().mapToInt(value).toArray());
  }

  /** A float8[]. */
  public void doubles(ToDoubleFunction<T> value) throws SQLException {
    statement.setObject(++place, rows.stream().mapToDouble(value).toArray());
  }

  /** A float4[]. */
  public void floats(ToFloat<T> value) throws SQLException {
    float[] column = new float[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.of(rows.get(i));
    }
    statement.setObject(++place, column);
  }

  /** A smallint[]. */
  public void shorts(ToIntFunction<T> value) throws SQLException {
    short[] column = new short[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = (short) value.applyAsInt(rows.get(i));
    }
    statement.setObject(++place, column);
  }

  /** A bytea[]; null stays null. */
  public void bytes(Function<T, byte[]> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(byte[][]::new));
  }

  /** A text[]; null stays null. */
  public void texts(Function<T, String> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(String[]::new));
  }

  /** A bigint[]; null stays null. */
  public void longsOrNull(Function<T, Long> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(Long[]::new));
  }

  /** An int[]; null stays null. */
  public void intsOrNull(Function<T, Integer> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(Integer[]::new));
  }

  /** A float8[]; null stays null. */
  public void doublesOrNull(Function<T, Double> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(Double[]::new));
  }

  /** A float4[]; null stays null. */
  public void floatsOrNull(Function<T, Float> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(Float[]::new));
  }

  /** A boolean[]; null stays null. */
  public void booleansOrNull(Function<T, Boolean> value) throws SQLException {
    statement.setObject(++place, rows.stream().map(value).toArray(Boolean[]::new));
  }

  /** A bigint[] of microseconds since 1970: see {@link #time}; null stays null. */
  public void times(Function<T, Instant> value) throws SQLException {
    longsOrNull(
        row -> {
          Instant at = value.apply(row);
          return at == null ? null : (Long) ChronoUnit.MICROS.between(Instant.EPOCH, at);
        });
  }

  /** SQL that makes a timestamptz of microseconds; exact for the times that occur. */
  public static String time(String micros) {
    return "to_timestamp(" + micros + " / 1000000.0::float8)";
  }
}
