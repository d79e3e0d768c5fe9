package org.kvantenergo.web.export;

import java.io.IOException;
import java.util.List;
import org.kvantenergo.shared.Rows;

/**
 * A table of what a feature streams.
 *
 * @param heading what the file says of itself
 * @param fields its columns
 * @param reading streams the rows
 * @param <R> the feature's row
 */
public record Fields<R>(Heading heading, List<Field<R>> fields, Reading<R> reading)
    implements TableSource {

  /**
   * A stream of a feature.
   *
   * @param <R> its row
   */
  public interface Reading<R> {
    /** All rows. */
    void into(Rows<R> rows) throws IOException;
  }

  @Override
  public List<Column> columns() {
    return fields.stream().map(Field::column).toList();
  }

  @Override
  public void read(Rows<Object[]> rows) throws IOException {
    Object[] values = new Object[fields.size()];
    reading.into(
        new Rows<>() {
          private long number;

          @Override
          public void begun(Runnable stop) {
            rows.begun(stop);
          }

          @Override
          public void total(long count) throws IOException {
            rows.total(count);
          }

          @Override
          public void row(R row) throws IOException {
            number++;
            for (int i = 0; i < values.length; i++) {
              values[i] = fields.get(i).value().of(row, number);
            }
            rows.row(values);
          }
        });
  }
}
