package org.kvantenergo.web.export;

import java.io.IOException;

/** A file that is being written. Used by one thread; leaves the stream open. */
interface TableWriter {

  /** Head of the file; {@code rows} are to come. */
  void begin(long rows) throws IOException;

  /** A row: a value for every column. */
  void row(Object[] values) throws IOException;

  /** The end, without which no file is whole. */
  void end() throws IOException;
}
