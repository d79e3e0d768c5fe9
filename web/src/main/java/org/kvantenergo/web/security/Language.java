package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which language a page speaks: the person's own; before the login the one chosen on this
 * browser, else Russian.
 */
@Named("language")
@RequestScoped
public class Language {

  /** Russian, the first, and English. */
  static final List<Locale> ALL = List.of(Locale.forLanguageTag("ru"), Locale.ENGLISH);

  private static final String COOKIE = "kvant-language";

  @Inject private CurrentViewer viewer;
  @Inject private HttpServletRequest request;

  private Locale locale;

  /** The language of this request. */
  public Locale getLocale() {
    if (locale != null) {
      return locale;
    }
    // Asked anew each time: in the request that signs a person in, there is nobody at first.
    return viewer.known() ? viewer.getLocale() : chosenHere().orElse(ALL.get(0));
  }

  /** Its tag: ru or en. */
  public String getTag() {
    return getLocale().toLanguageTag();
  }

  /** The tag of the other one, which a page offers. */
  public String getOther() {
    return ALL.stream()
        .filter(l -> !l.equals(getLocale()))
        .findFirst()
        .orElseThrow()
        .toLanguageTag();
  }

  /** Remembers a choice on this browser, and for a person who is signed in. */
  void choose(String tag, HttpServletResponse response) {
    Optional<Locale> known = known(tag);
    if (known.isEmpty()) {
      return;
    }
    locale = known.get();
    Cookie cookie = new Cookie(COOKIE, locale.toLanguageTag());
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
    response.addCookie(cookie);
    if (viewer.known()) {
      viewer.choose(locale);
    }
  }

  private Optional<Locale> chosenHere() {
    Cookie[] cookies = request.getCookies();
    return Stream.of(cookies == null ? new Cookie[0] : cookies)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .findFirst()
        .flatMap(cookie -> known(cookie.getValue()));
  }

  private static Optional<Locale> known(String tag) {
    return ALL.stream().filter(locale -> locale.toLanguageTag().equals(tag)).findFirst();
  }
}
