package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ResourceBundle;
import org.kvantenergo.account.Viewer;

/** What the pages before the sign-in have in common: letting in, and saying why not. */
@RequestScoped
public class Admission {

  /** Where the texts of the pages are. */
  static final String TEXTS = "org.kvantenergo.web.security.login";

  @Inject private SecurityContext security;
  @Inject private HttpServletRequest request;
  @Inject private CurrentViewer current;
  @Inject private HalfSignIn half;
  @Inject private Language language;
  @Inject private Clock clock;

  /**
   * The server's session is this person's from now on, and the first page opens.
   *
   * @param byProvider whether a provider vouched, and there was no password
   */
  void admit(Viewer viewer, boolean byProvider, HttpServletResponse response) throws IOException {
    renewSession();
    AuthenticationStatus status =
        security.authenticate(
            request,
            response,
            AuthenticationParameters.withParams().credential(new ViewerCredential(viewer)));
    if (status != AuthenticationStatus.SUCCESS) {
      throw new IllegalStateException("the server did not take a sign-in: " + status);
    }
    current.begin(viewer, byProvider);
    to("/", response);
  }

  /**
   * The first half is done, and the page opens that asks for a code. Nobody is signed in yet.
   *
   * @param ticket for {@link org.kvantenergo.account.Accounts#finish}
   * @param byProvider whether a provider vouched, and there was no password
   */
  void askCode(String ticket, boolean byProvider, HttpServletResponse response) throws IOException {
    renewSession();
    half.begin(ticket, byProvider);
    to(CodePage.PATH, response);
  }

  /** Whoever planted a session in this browser does not share what comes next. */
  private void renewSession() {
    request.getSession();
    request.changeSessionId();
  }

  /** A page says it in the way of its own, so that it is not drawn any more. */
  private void to(String path, HttpServletResponse response) throws IOException {
    if (FacesContext.getCurrentInstance() == null) {
      Redirect.to(path, request, response);
    } else {
      to(path);
    }
  }

  /** The answer to the page whose form was sent. */
  static HttpServletResponse ofPage() {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    return (HttpServletResponse) external.getResponse();
  }

  /** Sends the browser to another page. */
  static void to(String path) throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    external.redirect(external.getRequestContextPath() + path);
  }

  /** Whole minutes until a moment, rounded up, 1 or more. */
  long minutes(Instant until) {
    return minutes(Duration.between(clock.instant(), until));
  }

  /** Whole minutes, rounded up, 1 or more. */
  static long minutes(Duration left) {
    return Math.max(1, left.plusMinutes(1).minusNanos(1).toMinutes());
  }

  /** A text of these pages, in the language of the request. */
  String text(String key, Object... values) {
    ResourceBundle texts = ResourceBundle.getBundle(TEXTS, language.getLocale());
    return new MessageFormat(texts.getString(key), language.getLocale()).format(values);
  }
}
