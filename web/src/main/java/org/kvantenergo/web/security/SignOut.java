package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;

/** Ends a session. An action of a form, so no other site can end it. */
@Named("signOut")
@RequestScoped
public class SignOut {

  @Inject private CurrentViewer viewer;
  @Inject private AuditTrail audit;

  /** Signs out and goes to the login page. */
  public void go() throws IOException, ServletException {
    audit.note(viewer.caller(), AuditAction.SIGNED_OUT, "");
    viewer.end();
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    HttpServletRequest request = (HttpServletRequest) external.getRequest();
    if (viewer.isByProvider()) {
      // Their session at the provider goes on: whoever sits here next must not sign on by it.
      ((HttpServletResponse) external.getResponse())
          .addCookie(Cookies.of(request, ProviderSignOn.ASK, "1", "/", -1));
    }
    request.logout();
    external.invalidateSession();
    external.redirect(external.getRequestContextPath() + SessionAuthentication.LOGIN);
  }
}
