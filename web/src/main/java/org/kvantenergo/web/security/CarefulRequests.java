package org.kvantenergo.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kvantenergo.shared.ServerMessage;

/**
 * Lets no request in that none of our pages sends: before anything is read of it that costs memory,
 * and before a page sees it. What it refuses is answered without a page.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CarefulRequests extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.web");
  private static final int LONGEST_NAMED = 200;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Objection objection = Objection.to(request);
    if (objection == null) {
      chain.doFilter(request, new OwnRedirects(response));
      return;
    }
    String uri = request.getRequestURI();
    ServerMessage.REQUEST_REFUSED.log(
        LOG,
        objection,
        request.getMethod(),
        uri.substring(0, Math.min(uri.length(), LONGEST_NAMED)),
        request.getRemoteAddr());
    if (objection == Objection.METHOD) {
      response.setHeader("Allow", Objection.METHODS);
    }
    response.setStatus(objection.status());
  }
}
