package org.kvantenergo.web.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What goes to the browser; knows whether it was the browser that went away. */
final class Outlet extends FilterOutputStream {

  private boolean broken;

  Outlet(OutputStream out) {
    super(out);
  }

  boolean isBroken() {
    return broken;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Leaves it open: it is the server's. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
