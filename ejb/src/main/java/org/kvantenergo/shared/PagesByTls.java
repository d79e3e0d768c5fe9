package org.kvantenergo.shared;

import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Whether pages are to be had by TLS only, and where: the same for every web application of ours.
 *
 * @param only whether plain requests are turned away: what only reads is sent to the same place by
 *     TLS, and anything else is refused
 * @param port where pages are served by TLS, as browsers see it, 1..65535
 */
public record PagesByTls(boolean only, int port) {

  /** RFC 9110; the servlet API of today has no name for it. */
  public static final int PERMANENT_REDIRECT = 308;

  /** What browsers are told by TLS where there is nothing without: a year of it. */
  public static final String HSTS = "max-age=31536000";

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int USUAL_PORT = 443;

  /** Read from the configuration; unless it says otherwise, plain pages are the demo's alone. */
  public static PagesByTls of(Config config) {
    boolean demo = config.getOptionalValue("kvant.demo", Boolean.class).orElse(false);
    return new PagesByTls(
        config.getOptionalValue("kvant.http.redirect", Boolean.class).orElse(!demo),
        config.getOptionalValue("kvant.https.port", Integer.class).orElse(8443));
  }

  /**
   * Whether a plain request may be repeated by TLS: it has told the network nothing but its
   * address.
   */
  public static boolean mayBeRepeated(String method) {
    return READING.contains(method);
  }

  /**
   * The name that a cookie has by TLS: its beginning lets browsers take it over TLS only, and for
   * the whole host from nobody but the host.
   *
   * @param name as it is without TLS
   * @param path of the pages that it is sent to
   */
  public static String cookie(String name, String path) {
    return (path.equals("/") ? "__Host-" : "__Secure-") + name;
  }

  /**
   * Where the same is by TLS.
   *
   * @param host as the browser named it, without a port
   * @param uri path, encoded as it came
   * @param query as it came; null or empty if there is none
   */
  public String url(String host, String uri, String query) {
    return "https://"
        + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
        + (port == USUAL_PORT ? "" : ":" + port)
        + uri
        + (query == null || query.isEmpty() ? "" : "?" + query);
  }
}
