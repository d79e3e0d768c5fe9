package org.kvantenergo.web.sso;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kvantenergo.account.SignOn;

/**
 * Where a request ends that the provider did not vouch for: cancelled there, or an answer that
 * Elytron does not believe. Without a provider there is no such page.
 */
@WebServlet("/failed")
public class FailedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient SignOn signOn;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.ERROR
        || ProviderResolver.settings().isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    signOn.failed(request.getRemoteAddr());
    response.sendRedirect(Pages.refused(SignOn.Reason.FAILED));
  }
}
