package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.SignIn;

/** The page after the password of who has a second factor: one code a request. */
@Named("codePage")
@RequestScoped
public class CodePage {

  /** Relative to the context. */
  static final String PATH = "/code.xhtml";

  @Inject private Accounts accounts;
  @Inject private Admission admission;
  @Inject private HalfSignIn half;
  @Inject private HttpServletRequest request;

  private String code;
  private String note;

  /** Nobody is here who has not given a password. */
  public void skip() throws IOException {
    if (request.getUserPrincipal() != null) {
      Admission.to("/");
    } else if (half.ticket() == null) {
      Admission.to(SessionAuthentication.LOGIN);
    }
  }

  /** Tries a code. */
  public void enter() throws IOException {
    if (request.getUserPrincipal() != null) {
      Admission.to("/");
      return;
    }
    if (half.ticket() == null) {
      Admission.to(SessionAuthentication.LOGIN);
      return;
    }
    SignIn outcome = accounts.finish(half.ticket(), code, request.getRemoteAddr());
    if (outcome instanceof SignIn.Accepted accepted) {
      boolean byProvider = half.isByProvider();
      half.end();
      admission.admit(accepted.viewer(), byProvider, Admission.ofPage());
    } else if (outcome instanceof SignIn.Refused refused) {
      note = admission.text("code.refused", refused.attemptsLeft());
    } else if (outcome instanceof SignIn.Locked locked) {
      note = admission.text("locked", admission.minutes(locked.until()));
    } else {
      half.lapse();
      Admission.to(SessionAuthentication.LOGIN);
    }
  }

  /** Never given back: each counts once. */
  public String getCode() {
    return "";
  }

  public void setCode(String code) {
    this.code = code;
  }

  /** What to say beside the form; null = nothing. */
  public String getNote() {
    return note;
  }
}
