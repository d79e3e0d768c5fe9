package org.kvantenergo.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.AutoApplySession;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Who signed in stays signed in as long as the session. Who did not is sent to the login page, and
 * from there always to the first page: a request that is kept and repeated after the login would be
 * a form of an older session.
 */
@ApplicationScoped
@AutoApplySession
public class SessionAuthentication implements HttpAuthenticationMechanism {

  /** The server's one role: somebody. What a person may do, the permissions say. */
  static final String PERSON = "PERSON";

  /** The login page, relative to the context. */
  static final String LOGIN = "/login.xhtml";

  @Inject private PlainPages plain;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    if (context.isAuthenticationRequest()
        && context.getAuthParameters().getCredential() instanceof ViewerCredential credential) {
      return context.notifyContainerAboutLogin(
          new CallerPrincipal(credential.viewer().login()), Set.of(PERSON));
    }
    return context.isProtected() ? toLogin(request, response) : context.doNothing();
  }

  private AuthenticationStatus toLogin(HttpServletRequest request, HttpServletResponse response)
      throws AuthenticationException {
    try {
      CarefulAnswers.tell(request, response, plain);
      if (!plain.turnAway(request, response)) {
        Redirect.to(LOGIN, request, response);
      }
      return AuthenticationStatus.SEND_CONTINUE;
    } catch (IOException e) {
      throw new AuthenticationException("the way to the login page is broken", e);
    }
  }
}
