package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.NotPermittedException;

/**
 * The page that says no: answers 403 and notes who asked for what. To a script's request it answers
 * with 200: the page's script puts the page that it is sent in the place of its own only then.
 */
@Named("refusal")
@RequestScoped
public class Refusal {

  @Inject private CurrentViewer viewer;
  @Inject private AuditTrail audit;
  @Inject private HttpServletRequest request;

  /** Before the page is shown. */
  public void note() {
    FacesContext faces = FacesContext.getCurrentInstance();
    if (!faces.getPartialViewContext().isAjaxRequest()) {
      faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_FORBIDDEN);
    }
    if (viewer.known()) {
      String page = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
      audit.note(
          viewer.caller(), AuditAction.REFUSED, page, Map.of(), Map.of("permission", missing()));
    }
  }

  private String missing() {
    Throwable cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    while (cause != null) {
      if (cause instanceof NotPermittedException refused) {
        return refused.permission().name();
      }
      cause = cause.getCause();
    }
    return "";
  }
}
