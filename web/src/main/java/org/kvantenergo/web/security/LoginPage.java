package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.SignIn;

/** The login page: one attempt a request. */
@Named("loginPage")
@RequestScoped
public class LoginPage {

  @Inject private Accounts accounts;
  @Inject private Admission admission;
  @Inject private HalfSignIn half;
  @Inject private HttpServletRequest request;

  private String login;
  private String password;
  private String note;

  /** Who is signed in already has nothing to do here. */
  public void skip() throws IOException {
    if (request.getUserPrincipal() != null) {
      Admission.to("/");
    } else if (!accounts.any()) {
      note = admission.text("nobody");
    } else if (half.tellLapsed()) {
      note = admission.text("lapsed");
    }
  }

  /** Tries to sign in. */
  public void enter() throws IOException {
    if (request.getUserPrincipal() != null) {
      // Somebody has signed in by another window since this one was opened.
      Admission.to("/");
      return;
    }
    SignIn outcome = accounts.signIn(login, password.toCharArray(), request.getRemoteAddr());
    password = null;
    if (outcome instanceof SignIn.Accepted accepted) {
      admission.admit(accepted.viewer(), false, Admission.ofPage());
    } else if (outcome instanceof SignIn.CodeNeeded owed) {
      admission.askCode(owed.ticket(), false, Admission.ofPage());
    } else if (outcome instanceof SignIn.Refused refused) {
      note = admission.text("refused", refused.attemptsLeft());
    } else if (outcome instanceof SignIn.Locked locked) {
      note = admission.text("locked", admission.minutes(locked.until()));
    } else if (outcome instanceof SignIn.Expired) {
      note = admission.text("first");
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
}
