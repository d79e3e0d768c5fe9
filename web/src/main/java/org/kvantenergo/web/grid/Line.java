package org.kvantenergo.web.grid;

/** A row of a table as it is shown. */
public interface Line {

  /** What a script names when the row is chosen; 0 is nothing's. */
  long id();
}
