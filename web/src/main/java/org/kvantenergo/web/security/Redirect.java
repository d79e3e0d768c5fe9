package org.kvantenergo.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends a browser elsewhere: a page by a redirect, a script of a page by what JSF calls one. */
final class Redirect {

  private Redirect() {}

  /**
   * Commits the response.
   *
   * @param path within the application, beginning with a slash
   */
  static void to(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String url = request.getContextPath() + path;
    if (!"partial/ajax".equals(request.getHeader("Faces-Request"))) {
      OwnRedirects.to(url, response);
      return;
    }
    response.setContentType("text/xml");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response
        .getWriter()
        .write(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                + url
                + "\"/></partial-response>");
    response.flushBuffer();
  }
}
