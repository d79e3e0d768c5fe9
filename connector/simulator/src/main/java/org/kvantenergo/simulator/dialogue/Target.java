package org.kvantenergo.simulator.dialogue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The server that scripts talk to.
 *
 * @param host name or address
 * @param port of modules
 * @param tlsPort of modules by TLS; 0 = none
 * @param patience longest wait for an answer
 */
public record Target(String host, int port, int tlsPort, Duration patience) {

  private static final int LAST_PORT = 65_535;

  /** Checks what can be checked without the server. */
  public Target {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is empty");
    }
    if (port < 1 || port > LAST_PORT || tlsPort < 0 || tlsPort > LAST_PORT) {
      throw new IllegalArgumentException("port out of 1..65535: %d, %d".formatted(port, tlsPort));
    }
  }

  Connection connect(Step.Door door, String tls) {
    if (door != Step.Door.PLAIN && tlsPort == 0) {
      throw new ScriptException("no TLS port is known");
    }
    long begun = System.nanoTime();
    try {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      int timeout = (int) patience.toMillis();
      socket.connect(
          new InetSocketAddress(host, door == Step.Door.PLAIN ? port : tlsPort), timeout);
      socket.setSoTimeout(timeout);
      return new Connection(door == Step.Door.TLS ? encrypted(socket, tls) : socket, begun);
    } catch (IOException e) {
      throw new ScriptException(why(e, door == Step.Door.PLAIN ? port : tlsPort), e);
    }
  }

  private String why(IOException failure, int at) {
    String server = host + ":" + at;
    if (failure instanceof UnknownHostException) {
      return "no host is called " + host;
    } else if (failure instanceof SocketTimeoutException) {
      return "%s says nothing for %d s".formatted(server, patience.toSeconds());
    } else if (failure instanceof SSLException) {
      return "no TLS with %s: %s".formatted(server, failure.getMessage());
    } else if (String.valueOf(failure.getMessage()).contains("refused")) {
      return server + " refuses the connection";
    }
    return "no connection to %s: %s".formatted(server, failure.getMessage());
  }

  private Socket encrypted(Socket plain, String version) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, tlsPort, true);
      if (!version.isEmpty()) {
        socket.setEnabledProtocols(new String[] {version});
      }
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ScriptException("no TLS: " + e.getMessage(), e);
    }
  }

  /** A script is about what is said, not about whose certificate it is: it sends made-up data. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
