package org.kvantenergo.web.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.kvantenergo.shared.PagesByTls;

/** Small cookies, which scripts do not see. */
final class Cookies {

  private Cookies() {}

  /** The value of a cookie that the browser sent, of those for a path. */
  static Optional<String> value(HttpServletRequest request, String name, String path) {
    String named = named(request, name, path);
    Cookie[] cookies = request.getCookies();
    return Stream.of(cookies == null ? new Cookie[0] : cookies)
        .filter(cookie -> cookie.getName().equals(named))
        .map(Cookie::getValue)
        .findFirst();
  }

  /**
   * A cookie for the browser.
   *
   * @param seconds that it is kept; 0 = it is taken away, −1 = until the browser ends
   */
  static Cookie of(
      HttpServletRequest request, String name, String value, String path, int seconds) {
    Cookie cookie = new Cookie(named(request, name, path), value);
    cookie.setPath(path);
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(seconds);
    return cookie;
  }

  private static String named(HttpServletRequest request, String name, String path) {
    return request.isSecure() ? PagesByTls.cookie(name, path) : name;
  }
}
