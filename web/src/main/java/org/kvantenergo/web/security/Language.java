package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * In which language a page speaks: the person's own; before the login the one chosen on this
 * browser, else Russian.
 */
@Named("language")
@RequestScoped
public class Language {

  /** Russian, the first, and English. */
  public static final List<Locale> ALL = List.of(Locale.forLanguageTag("ru"), Locale.ENGLISH);

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

  /**
   * Remembers a choice on this browser. A person's own language is changed by a form: a link can be
   * anybody's.
   */
  void choose(String tag, HttpServletResponse response) {
    Optional<Locale> known = known(tag);
    if (known.isEmpty()) {
      return;
    }
    locale = known.get();
    int year = (int) Duration.ofDays(365).toSeconds();
    response.addCookie(Cookies.of(request, COOKIE, locale.toLanguageTag(), "/", year));
  }

  private Optional<Locale> chosenHere() {
    return Cookies.value(request, COOKIE, "/").flatMap(Language::known);
  }

  private static Optional<Locale> known(String tag) {
    return ALL.stream().filter(locale -> locale.toLanguageTag().equals(tag)).findFirst();
  }
}
