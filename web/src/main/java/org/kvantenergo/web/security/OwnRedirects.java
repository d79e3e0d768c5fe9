package org.kvantenergo.web.security;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Sends browsers to other pages of ours by paths. A whole address would be made of the request's
 * Host header, which anybody can write, and a proxy could keep it for others.
 */
final class OwnRedirects extends HttpServletResponseWrapper {

  OwnRedirects(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    to(location, (HttpServletResponse) getResponse());
  }

  /**
   * Commits the response.
   *
   * @param location a path from the server's root; all else is left to the server
   */
  static void to(String location, HttpServletResponse response) throws IOException {
    if (!location.startsWith("/") || location.startsWith("//")) {
      response.sendRedirect(location);
      return;
    }
    response.resetBuffer();
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", location);
    response.flushBuffer();
  }
}
