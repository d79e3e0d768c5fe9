package org.kvantenergo.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.Config;
import org.kvantenergo.shared.PagesByTls;

/**
 * Whether pages are to be had without TLS. Where they are not, what only reads is sent to the same
 * place by TLS, and anything else is refused: it has already crossed the network in the clear, and
 * must not come to be taken for safe.
 */
@ApplicationScoped
public class PlainPages {

  private final PagesByTls pages;

  /** As the configuration says. */
  @Inject
  public PlainPages(Config config) {
    this(PagesByTls.of(config));
  }

  private PlainPages(PagesByTls pages) {
    this.pages = pages;
  }

  /** For the proxies of CDI. */
  protected PlainPages() {
    this(new PagesByTls(false, 0));
  }

  /** Whether browsers are to be told never to come without TLS again. */
  boolean alwaysByTls() {
    return pages.only();
  }

  /**
   * Answers a request that came without TLS where it must not.
   *
   * @return whether it is answered; false = it may go on
   */
  boolean turnAway(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!pages.only() || request.isSecure() || watchedFromHere(request)) {
      return false;
    }
    if (PagesByTls.mayBeRepeated(request.getMethod())) {
      response.setStatus(PagesByTls.PERMANENT_REDIRECT);
      response.setHeader(
          "Location",
          pages.url(request.getServerName(), request.getRequestURI(), request.getQueryString()));
    } else {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    }
    response.flushBuffer();
    return true;
  }

  /** Metrics are read by a program of the same machine. */
  private static boolean watchedFromHere(HttpServletRequest request) {
    try {
      return request.getServletPath().equals("/metrics")
          && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
