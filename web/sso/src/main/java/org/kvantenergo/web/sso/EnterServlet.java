package org.kvantenergo.web.sso;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kvantenergo.account.ProviderSettings;
import org.kvantenergo.account.SignOn;
import org.kvantenergo.shared.PagesByTls;
import org.wildfly.security.http.oidc.IDToken;
import org.wildfly.security.http.oidc.OidcPrincipal;

/**
 * {@code /sso/enter}: whoever gets here has been sent to the provider and has come back with its
 * word, which Elytron has verified: signature, issuer, audience, time, state and nonce.
 */
@WebServlet("/enter")
public class EnterServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient SignOn signOn;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    IDToken token =
        ((OidcPrincipal<?>) request.getUserPrincipal()).getOidcSecurityContext().getIDToken();
    ProviderSettings settings = ProviderResolver.settings().orElseThrow();
    // Nothing of the provider's stays here: the next sign-on asks it anew.
    request.getSession().invalidate();
    SignOn.Claims claims =
        new SignOn.Claims(token.getIssuer(), token.getSubject(), name(token, settings.claim()));
    SignOn.Arrival arrival = signOn.arrive(claims, request.getRemoteAddr());
    if (arrival instanceof SignOn.Arrival.Ticket ticket) {
      response.addCookie(cookie(request, ticket.secret()));
      response.sendRedirect(Pages.SIGN_ON);
    } else if (arrival instanceof SignOn.Arrival.Refused refused) {
      response.sendRedirect(Pages.refused(refused.reason()));
    }
  }

  /** By which an account expects the person; an address counts only if the provider checked it. */
  private static String name(IDToken token, String claim) {
    if (claim.equals("email") && !Boolean.TRUE.equals(token.getEmailVerified())) {
      return "";
    }
    String name = token.getClaimValueAsString(claim);
    return name == null ? "" : name;
  }

  private static Cookie cookie(HttpServletRequest request, String secret) {
    Cookie cookie =
        new Cookie(
            request.isSecure() ? PagesByTls.cookie(Pages.TICKET, Pages.SIGN_ON) : Pages.TICKET,
            secret);
    cookie.setPath(Pages.SIGN_ON);
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(Pages.PATIENCE);
    return cookie;
  }
}
