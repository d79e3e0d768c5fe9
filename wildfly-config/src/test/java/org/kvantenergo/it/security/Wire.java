package org.kvantenergo.it.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kvantenergo.it.KvantInstance;

/** Bytes to the server's port, as they are: what no client would send. */
final class Wire {

  private static final int PATIENCE_MS = 120_000;
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3})");

  private Wire() {}

  /** Lines of a request's head with CR LF after each; answers that come before the end. */
  static String head(KvantInstance kvant, String... lines) throws IOException {
    return send(kvant, String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Sends and reads until the server closes. */
  static String send(KvantInstance kvant, String bytes) throws IOException {
    URI at = URI.create(kvant.url());
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      InputStream in = socket.getInputStream();
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // The server has heard enough and closed; what it said before is still to be read.
      }
      return read(in);
    }
  }

  private static String read(InputStream in) {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // Closed with bytes of ours unread: what came before counts.
    }
    return answer.toString();
  }

  /** The codes of the answers, in order. */
  static List<Integer> statuses(String answers) {
    List<Integer> codes = new ArrayList<>();
    Matcher status = STATUS.matcher(answers);
    while (status.find()) {
      codes.add(Integer.valueOf(status.group(1)));
    }
    return codes;
  }
}
