package org.kvantenergo.registry.lists;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import org.kvantenergo.shared.Scope;

/** Writes the registry in the form in which lists are read. */
public interface ListExport {

  /** What kind of file. */
  enum Format {
    /** A workbook with one sheet. */
    XLSX,
    /** UTF-8 with a mark at its beginning, semicolons. */
    CSV
  }

  /**
   * Writes the meters of a scope as of a moment, in the order of their addresses; streams, and does
   * not close. A site with several accounts has none in its lines: read again, that leaves all as
   * they are.
   *
   * @param text as in {@link org.kvantenergo.registry.Registry#list}
   */
  void write(Scope scope, String text, Instant at, Format format, Locale locale, OutputStream out)
      throws IOException;
}
