package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.ResourceBundle;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.Viewer;

/** The login page: one attempt a request. */
@Named("loginPage")
@RequestScoped
public class LoginPage {

  /** Where the texts of the page are. */
  static final String TEXTS = "org.kvantenergo.web.security.login";

  @Inject private Accounts accounts;
  @Inject private SecurityContext security;
  @Inject private HttpServletRequest request;
  @Inject private Language language;
  @Inject private Clock clock;

  private String login;
  private String password;
  private String note;

  /** Who is signed in already has nothing to do here. */
  public void skip() throws IOException {
    if (request.getUserPrincipal() != null) {
      toFirstPage();
    } else if (!accounts.any()) {
      note = text("nobody");
    }
  }

  /** Tries to sign in. */
  public void enter() throws IOException {
    SignIn outcome = accounts.signIn(login, password.toCharArray());
    password = null;
    if (outcome instanceof SignIn.Accepted accepted) {
      begin(accepted.viewer());
    } else if (outcome instanceof SignIn.Refused refused) {
      note = text("refused", refused.attemptsLeft());
    } else if (outcome instanceof SignIn.Locked locked) {
      note = text("locked", minutes(Duration.between(clock.instant(), locked.until())));
    }
  }

  public String getLogin() {
    return login;
  }

  public void setLogin(String login) {
    this.login = login;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  /** What to say beside the form; null = nothing. */
  public String getNote() {
    return note;
  }

  private void begin(Viewer viewer) throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    // Whoever planted a session in this browser does not share what comes next.
    request.getSession();
    request.changeSessionId();
    AuthenticationStatus status =
        security.authenticate(
            request,
            (HttpServletResponse) external.getResponse(),
            AuthenticationParameters.withParams().credential(new ViewerCredential(viewer)));
    if (status != AuthenticationStatus.SUCCESS) {
      throw new IllegalStateException("the server did not take a sign-in: " + status);
    }
    toFirstPage();
  }

  private static void toFirstPage() throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    external.redirect(external.getRequestContextPath() + "/");
  }

  /** Whole minutes, rounded up, 1 or more. */
  static long minutes(Duration left) {
    return Math.max(1, left.plusMinutes(1).minusNanos(1).toMinutes());
  }

  private String text(String key, Object... values) {
    ResourceBundle texts = ResourceBundle.getBundle(TEXTS, language.getLocale());
    return new MessageFormat(texts.getString(key), language.getLocale()).format(values);
  }
}
