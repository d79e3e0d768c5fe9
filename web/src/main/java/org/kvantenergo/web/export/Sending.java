package org.kvantenergo.web.export;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.kvantenergo.shared.Rows;

/** From the cursor through the writer to the browser. */
final class Sending implements Rows<Object[]> {

  private static final int TOLD = 64;

  private final Export export;
  private final TableSource source;
  private final Format format;
  private final HttpServletResponse response;
  private final Outlet out;
  private final Clock clock;
  private TableWriter writer;
  private long rows;

  /** The format does not take so many rows. */
  static final class TooManyRowsException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Somebody stopped it. */
  static final class CancelledException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  Sending(
      Export export, TableSource source, Format format, HttpServletResponse response, Clock clock)
      throws IOException {
    this.export = export;
    this.source = source;
    this.format = format;
    this.response = response;
    this.clock = clock;
    out = new Outlet(response.getOutputStream());
  }

  @Override
  public void begun(Runnable stop) {
    export.stopCursorBy(stop);
  }

  @Override
  public void total(long count) throws IOException {
    if (count > format.mostRows()) {
      throw new TooManyRowsException();
    }
    export.begin(count, clock.instant());
    response.setContentType(format.contentType());
    response.setHeader("Content-Disposition", FileName.of(source.heading(), format).disposition());
    writer = format.writer(source.heading(), source.columns(), out);
    writer.begin(count);
  }

  @Override
  public void row(Object[] values) throws IOException {
    if (export.isCancelled()) {
      throw new CancelledException();
    }
    writer.row(values);
    rows++;
    if (rows % TOLD == 0) {
      export.moved(rows, clock.instant());
    }
  }

  /** After the last row. */
  void end() throws IOException {
    writer.end();
    export.moved(rows, clock.instant());
  }

  /** Rows that were written. */
  long rows() {
    return rows;
  }

  /** Whether the browser went away. */
  boolean isBroken() {
    return out.isBroken();
  }
}
