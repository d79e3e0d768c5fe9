package org.kvantenergo.simulator.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the server is, and which addresses the simulated modules come from.
 *
 * @param host name or address
 * @param port 1..65535
 * @param sources local addresses to take turns with; empty = the system chooses
 * @param tls null = plain TCP
 */
public record Target(String host, int port, List<InetAddress> sources, Tls tls) {

  /** Connections that one source address can be trusted with: well under the ephemeral ports. */
  public static final int PER_SOURCE = 20_000;

  /** Checks the port and takes its own copy of the list. */
  public Target {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of 1..65535: " + port);
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is empty");
    }
    sources = List.copyOf(sources);
  }

  /** A target without TLS. */
  public Target(String host, int port, List<InetAddress> sources) {
    this(host, port, sources, null);
  }

  /** A target whose source address the system chooses. */
  public static Target of(String host, int port) {
    return new Target(host, port, List.of());
  }

  /**
   * This target with enough loopback source addresses for so many connections at once, if it is on
   * loopback itself, has none yet, and needs more than one; else this target.
   *
   * @param connections most at once
   */
  public Target spreadFor(int connections) {
    if (!sources.isEmpty() || connections <= PER_SOURCE || !onLoopback()) {
      return this;
    }
    int needed = (connections + PER_SOURCE - 1) / PER_SOURCE;
    return new Target(host, port, range("127.0.0.2", "127.0.0." + Math.min(254, 1 + needed)), tls);
  }

  private boolean onLoopback() {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() && address.getAddress().length == 4;
    } catch (UnknownHostException e) {
      return false; // the connect will say so
    }
  }

  /**
   * The IPv4 addresses from first to last, both inclusive.
   *
   * @throws IllegalArgumentException if they are not IPv4 addresses, go down, or are over 65536
   */
  public static List<InetAddress> range(String first, String last) {
    long from = number(first);
    long to = number(last);
    if (to < from || to - from > 0xFFFF) {
      throw new IllegalArgumentException("not a range: %s-%s".formatted(first, last));
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      byte[] bytes = {(byte) (i >> 24), (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      try {
        addresses.add(InetAddress.getByAddress(bytes));
      } catch (UnknownHostException e) {
        throw new IllegalStateException("four bytes are an address", e);
      }
    }
    return addresses;
  }

  private static long number(String address) {
    if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      throw new IllegalArgumentException("not an IPv4 address: " + address);
    }
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      int octet = Integer.parseInt(part);
      if (octet > 255) {
        throw new IllegalArgumentException("not an IPv4 address: " + address);
      }
      number = number << 8 | octet;
    }
    return number;
  }
}
