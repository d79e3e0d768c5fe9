package org.kvantenergo.it.browser;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.kvantenergo.it.KvantInstance;

/**
 * An export by a browser that takes its answer when it likes: until then the server waits in the
 * middle of it.
 */
final class Stalled implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  private Stalled(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** With little room for what is sent and not taken. */
  static Stalled begin(KvantInstance kvant, Page page, String format) throws IOException {
    return begin(kvant, page, format, 1 << 13);
  }

  /**
   * As the form of the page would be sent; returns when the answer has begun.
   *
   * @param room bytes that are received without being taken
   */
  static Stalled begin(KvantInstance kvant, Page page, String format, int room) throws IOException {
    String form =
        (String)
            page.evaluate(
                "format => { const f = new URLSearchParams(new FormData(document.querySelector('#export-form')));"
                    + " f.set('table', 'MODULES'); f.set('format', format); f.set('rows', 'ALL');"
                    + " f.set('export-go', ''); return f.toString(); }",
                format);
    String cookies =
        page.context().cookies().stream()
            .map(cookie -> cookie.name + "=" + cookie.value)
            .collect(Collectors.joining("; "));
    URI url = URI.create(kvant.url());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(room);
    socket.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()));
    socket.setSoTimeout(120_000);
    String head =
        "POST /monitoring.xhtml HTTP/1.1\r\nHost: "
            + url.getAuthority()
            + "\r\nOrigin: "
            + kvant.url()
            + "\r\nReferer: "
            + kvant.url()
            + "/monitoring.xhtml\r\nCookie: "
            + cookies
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\n\r\n";
    socket.getOutputStream().write((head + form).getBytes(StandardCharsets.US_ASCII));
    Stalled stalled = new Stalled(socket);
    String first = new String(stalled.in.readNBytes(15), StandardCharsets.US_ASCII);
    if (!first.equals("HTTP/1.1 200 OK")) {
      throw new AssertionError(first + stalled.rest());
    }
    return stalled;
  }

  /** All that comes until the connection ends. */
  String rest() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      in.transferTo(rest);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection goes on after " + rest.size() + " bytes", e);
    } catch (IOException e) {
      // Reset: that is an end too.
    }
    return rest.toString(StandardCharsets.UTF_8);
  }

  /** Takes all of it; returns how many bytes there were, and fails unless it has its end. */
  long whole() {
    byte[] buffer = new byte[1 << 16];
    StringBuilder last = new StringBuilder();
    long bytes = 0;
    try {
      while (!last.toString().endsWith("\r\n0\r\n\r\n")) {
        int n = in.read(buffer);
        if (n < 0) {
          throw new AssertionError("cut after " + bytes + " bytes");
        }
        bytes += n;
        last.append(
            new String(buffer, Math.max(0, n - 8), Math.min(n, 8), StandardCharsets.ISO_8859_1));
        last.delete(0, Math.max(0, last.length() - 8));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
