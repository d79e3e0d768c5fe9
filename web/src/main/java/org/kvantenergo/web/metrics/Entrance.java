package org.kvantenergo.web.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;

/**
 * Who may see the meters: whoever sits on this machine and does not come through a proxy, and
 * whoever knows the token.
 *
 * @param token empty = nobody but the machine itself
 */
record Entrance(String token) {

  private static final String BEARER = "Bearer ";

  /** A proxy on this machine looks like the machine itself but for these. */
  private static final List<String> PROXIES =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  enum Answer {
    WELCOME,
    /** A token that is not ours. */
    WRONG_TOKEN,
    /** As if there were nothing. */
    NOTHING
  }

  /**
   * Decides.
   *
   * @param remote the peer's IP address
   * @param header gives the value of a request header; null if it is not there
   */
  Answer answer(String remote, Function<String, String> header) {
    String authorization = header.apply("Authorization");
    if (!token.isEmpty() && authorization != null && authorization.startsWith(BEARER)) {
      return equal(authorization.substring(BEARER.length())) ? Answer.WELCOME : Answer.WRONG_TOKEN;
    }
    boolean direct = PROXIES.stream().allMatch(name -> header.apply(name) == null);
    return direct && loopback(remote) ? Answer.WELCOME : Answer.NOTHING;
  }

  /** How long it takes tells nothing about the token. */
  private boolean equal(String given) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Entrance";
  }

  private static boolean loopback(String remote) {
    try {
      // An address, never a name: nothing is looked up.
      return InetAddress.getByName(remote).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
