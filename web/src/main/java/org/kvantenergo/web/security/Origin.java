package org.kvantenergo.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;

/** Which site's page a request comes from, as far as the browser says so. */
public final class Origin {

  /** What a browser says of a request of the page's own site, and of one that no page asked for. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private Origin() {}

  /**
   * Whether a page of another site sent it. Browsers say so themselves where they trust the
   * connection; elsewhere the origin must be the host that is asked. Who says neither is no
   * browser, and brings nobody's cookie along.
   */
  static boolean foreign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null
        ? !OWN.contains(site)
        : foreign(request.getHeader("Origin"), request.getHeader("Host"));
  }

  /**
   * Whether an origin is another than the host.
   *
   * @param origin the header; null = not said
   * @param host the header; null = not said
   */
  public static boolean foreign(String origin, String host) {
    return origin != null && (host == null || !host.equalsIgnoreCase(authority(origin)));
  }

  private static String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
