package org.kvantenergo.web.export;

import java.io.IOException;
import java.util.List;
import org.kvantenergo.shared.Rows;

/**
 * A table that can be taken away as a file: filter, order, columns and ticks as they were when it
 * was asked for. What reads of the page is read before {@link #read}, which may last.
 */
public interface TableSource {

  /** What the file says of itself. */
  Heading heading();

  /** Its columns in their order. */
  List<Column> columns();

  /**
   * All rows of one moment, each with a value for every column; the array is not kept.
   *
   * @throws IOException from who takes the rows
   * @throws org.kvantenergo.shared.DatabaseException when the database fails or was told to stop
   */
  void read(Rows<Object[]> rows) throws IOException;
}
