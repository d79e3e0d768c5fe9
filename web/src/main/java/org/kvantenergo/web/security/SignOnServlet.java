package org.kvantenergo.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.SignOn;

/**
 * {@code /sign-on}: redeems the ticket with which the provider's application sends a browser here.
 * The ticket is in a cookie that goes nowhere else, so it stands in no address, log or history.
 */
@WebServlet(SignOnServlet.PATH)
public class SignOnServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  static final String PATH = "/sign-on";

  private static final String TICKET = "KVANTTICKET";

  /** 256 bits in base64url. */
  private static final String TICKETS = "[A-Za-z0-9_-]{43}";

  @Inject private transient SignOn signOn;
  @Inject private transient Admission admission;
  @Inject private transient CurrentViewer current;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String ticket = Cookies.value(request, TICKET, PATH).orElse("");
    if (!ticket.matches(TICKETS)) {
      // Nobody's attempt: it is not noted, or anybody could fill the audit.
      notIn(request, response);
      return;
    }
    if (current.known()) {
      // The session that this browser has ends with a request of its own: what is kept of the
      // person would outlive it in this one.
      current.end();
      request.logout();
      request.getSession().invalidate();
      Redirect.to(PATH, request, response);
      return;
    }
    response.addCookie(Cookies.of(request, TICKET, "", PATH, 0));
    SignIn outcome = signOn.redeem(ticket, request.getRemoteAddr());
    if (outcome instanceof SignIn.Accepted accepted) {
      response.addCookie(Cookies.of(request, ProviderSignOn.ASK, "", "/", 0));
      admission.admit(accepted.viewer(), true, response);
    } else if (outcome instanceof SignIn.CodeNeeded owed) {
      admission.askCode(owed.ticket(), true, response);
    } else {
      notIn(request, response);
    }
  }

  private static void notIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Redirect.to(
        SessionAuthentication.LOGIN + "?provider=" + SignOn.Reason.TICKET, request, response);
  }
}
