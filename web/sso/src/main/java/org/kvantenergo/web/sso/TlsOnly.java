package org.kvantenergo.web.sso;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.kvantenergo.shared.PagesByTls;

/**
 * Turns plain requests away as the pages do. Here that is the server's own handler and no filter:
 * Elytron answers before any filter is asked, with a session's cookie and on the way to the
 * provider.
 */
public class TlsOnly implements ServletExtension {

  /** Of a page that has nothing. */
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    PagesByTls pages = PagesByTls.of(ConfigProvider.getConfig());
    if (pages.only()) {
      SessionCookieConfig cookie = context.getSessionCookieConfig();
      cookie.setName(PagesByTls.cookie(cookie.getName(), context.getContextPath()));
      deployment.addOuterHandlerChainWrapper(next -> exchange -> handle(exchange, pages, next));
    }
  }

  private static void handle(HttpServerExchange exchange, PagesByTls pages, HttpHandler next)
      throws Exception {
    if (exchange.isSecure()) {
      exchange.getResponseHeaders().put(Headers.STRICT_TRANSPORT_SECURITY, PagesByTls.HSTS);
      next.handleRequest(exchange);
    } else {
      turnAway(exchange, pages);
    }
  }

  private static void turnAway(HttpServerExchange exchange, PagesByTls pages) {
    HttpServletRequest request =
        exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY).getOriginalRequest();
    if (PagesByTls.mayBeRepeated(request.getMethod())) {
      exchange.setStatusCode(PagesByTls.PERMANENT_REDIRECT);
      exchange
          .getResponseHeaders()
          .put(
              Headers.LOCATION,
              pages.url(
                  request.getServerName(), request.getRequestURI(), request.getQueryString()));
    } else {
      exchange.setStatusCode(StatusCodes.FORBIDDEN);
    }
    // undertow-handlers.conf is asked later than this.
    exchange.getResponseHeaders().put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
    exchange.getResponseHeaders().put(Headers.CONTENT_SECURITY_POLICY, NOTHING);
    exchange.endExchange();
  }
}
