package org.kvantenergo.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.kvantenergo.account.Viewer;

/**
 * Asks at every request whether the session goes on: one that was ended elsewhere, or whose account
 * was blocked, is over at once, and what a role allows counts from the next request. Who has a
 * first password, or owes a second factor, gets no further than the page where that is mended; who
 * has not given the second password, not into «Технологический режим».
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class LiveSessions extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** Where a person changes the own password. */
  static final String PASSWORD = "/password.xhtml";

  private static final Set<String> OPEN_TO_ALL = Set.of(PASSWORD, "/language");

  @Inject private transient CurrentViewer viewer;
  @Inject private transient ModePages mode;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getServletPath();
    boolean file = path.startsWith("/static/") || path.startsWith("/jakarta.faces.resource/");
    if (file || request.getUserPrincipal() == null) {
      chain.doFilter(request, response);
    } else if (!viewer.renew()) {
      putOut(request);
      Redirect.to(SessionAuthentication.LOGIN, request, response);
    } else if (owes(viewer.get()) && !OPEN_TO_ALL.contains(path)) {
      Redirect.to(PASSWORD, request, response);
    } else if (!mode.open(viewer.get(), viewer.token(), request)) {
      Redirect.to(ModePages.DOOR, request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void putOut(HttpServletRequest request) throws ServletException {
    try {
      request.logout();
      request.getSession().invalidate();
    } catch (IllegalStateException e) {
      // Another request of the same browser found the same, and was quicker.
    }
  }

  private static boolean owes(Viewer person) {
    return person.mustChange() || person.mustEnrol();
  }
}
