package org.kvantenergo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Questions about TCP ports of this machine. */
public final class Ports {
  private static final int FIRST_FREE = 15_000;
  private static final int LAST_FREE = 32_000;
  private static final Map<String, String> PURPOSES =
      Map.of(
          "kvant.http.port", "web pages",
          "kvant.https.port", "web pages by TLS",
          "kvant.module.port", "modules",
          "kvant.module.tls.port", "modules by TLS",
          "kvant.management.port", "server management");
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * Refuses the launch when somebody listens there.
   *
   * @param option the one that the port is from
   */
  static void requireFree(String option, int port) {
    if (!isFree(port)) {
      throw LaunchMessage.PORT_IN_USE.exception(port, PURPOSES.get(option), option);
    }
  }

  /**
   * Refuses the launch when two are the same.
   *
   * @param ports the port of each option
   */
  static void requireDistinct(Map<String, Integer> ports) {
    Map<Integer, String> options = new HashMap<>();
    ports.forEach(
        (option, port) -> {
          String other = options.putIfAbsent(port, option);
          if (other != null) {
            throw LaunchMessage.PORTS_EQUAL.exception(other, option, port, option);
          }
        });
  }

  /** Whether somebody accepts connections there now. */
  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A port nobody uses at this moment, never the same twice. It lies below those that systems give
   * to outgoing connections, else one of them may have it by the time a server is started there, or
   * started again.
   */
  public static int free() {
    for (int tries = 0; tries < LAST_FREE - FIRST_FREE; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE + 1);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST_FREE + " to " + LAST_FREE);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
