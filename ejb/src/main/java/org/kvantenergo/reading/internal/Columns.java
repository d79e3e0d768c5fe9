package org.kvantenergo.reading.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.kvantenergo.shared.MeterRecord;

/** Binds one array a column, in the order of the calls; primitive arrays travel in binary. */
final class Columns {

  /** A value that is a float already: no detour by double, so that a NaN keeps its bits. */
  interface ToFloat {
    float of(MeterRecord record);
  }

  private final PreparedStatement statement;
  private final List<MeterRecord> records;
  private int place;

  Columns(PreparedStatement statement, List<MeterRecord> records) {
    this.statement = statement;
    this.records = records;
  }

  void longs(ToLongFunction<MeterRecord> value) throws SQLException {
    statement.setObject(++place, records.stream().mapToLong(value).toArray());
  }

  void ints(ToIntFunction<MeterRecord> value) throws SQLException {
    statement.setObject(++place, records.stream().mapToInt(value).toArray());
  }

  void doubles(ToDoubleFunction<MeterRecord> value) throws SQLException {
    statement.setObject(++place, records.stream().mapToDouble(value).toArray());
  }

  void floats(ToFloat value) throws SQLException {
    float[] column = new float[records.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.of(records.get(i));
    }
    statement.setObject(++place, column);
  }

  void shorts(ToIntFunction<MeterRecord> value) throws SQLException {
    short[] column = new short[records.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = (short) value.applyAsInt(records.get(i));
    }
    statement.setObject(++place, column);
  }

  void bytes(Function<MeterRecord, byte[]> value) throws SQLException {
    statement.setObject(++place, records.stream().map(value).toArray(byte[][]::new));
  }
}
