package org.kvantenergo.simulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import org.kvantenergo.wire.frame.FrameParse;

/**
 * Why there is no conversation with a server, in words for people, with its address.
 *
 * @param host name or address
 * @param port 1..65535
 * @param patience how long a connection may take to be opened, s
 */
record Troubles(String host, int port, int patience) {

  /** A TLS record that is an alert: what a TLS port says to a HELLO without TLS. */
  private static final int TLS_ALERT = 0x1503;

  private String server() {
    return host + ":" + port;
  }

  /** Why no connection could be opened. */
  String connecting(Throwable cause) {
    if (has(cause, UnknownHostException.class)) {
      return "no host is called " + host;
    } else if (has(cause, ConnectTimeoutException.class)) {
      return "%s says nothing for %d s".formatted(server(), patience);
    } else if (has(cause, NoRouteToHostException.class) || root(cause).contains("unreachable")) {
      return server() + " cannot be reached from here";
    } else if (has(cause, ConnectException.class) && root(cause).contains("refused")) {
      return server() + " refuses the connection";
    }
    return "no connection to %s: %s".formatted(server(), root(cause));
  }

  /** Why there is no TLS on an open connection. */
  String encrypting(Throwable cause) {
    if (has(cause, NotSslRecordException.class) || has(cause, ClosedChannelException.class)) {
      return server() + " does not speak TLS; another port, or no --tls?";
    } else if (has(cause, CertificateException.class)) {
      return "no TLS with %s, its certificate is not trusted: %s".formatted(server(), root(cause));
    }
    return "no TLS with %s: %s".formatted(server(), root(cause));
  }

  /**
   * What is wrong with what came.
   *
   * @param in the bytes that were parsed
   * @return null = nothing
   */
  String reading(FrameParse parse, ByteBuf in) {
    if (parse instanceof FrameParse.Foreign) {
      boolean alert = in.readableBytes() > 1 && in.getUnsignedShort(in.readerIndex()) == TLS_ALERT;
      return "what answers at %s does not speak the modules' protocol%s"
          .formatted(server(), alert ? " but TLS; give --tls" : "; another port?");
    } else if (parse instanceof FrameParse.Whole || parse instanceof FrameParse.Incomplete) {
      return null;
    }
    return "the server sent a damaged frame: " + parse;
  }

  /** What the server did that closed before it said anything. */
  String silent(boolean encrypted) {
    return "%s closed without a word%s"
        .formatted(server(), encrypted ? "" : "; another port, or one for TLS (--tls)?");
  }

  private static boolean has(Throwable cause, Class<? extends Throwable> kind) {
    Throwable each = cause;
    while (each != null && !kind.isInstance(each)) {
      each = each.getCause();
    }
    return each != null;
  }

  /** The innermost message; never null. */
  private static String root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
