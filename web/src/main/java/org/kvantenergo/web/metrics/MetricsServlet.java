package org.kvantenergo.web.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.metrics.Exposition;

/**
 * {@code /metrics}: all meters as text. Who may not see them learns nothing, and nobody gets a
 * session.
 */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Exposition exposition;

  @Inject
  @ConfigProperty(name = "kvant.metrics.token")
  private transient Optional<String> token;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Entrance entrance = new Entrance(token.orElse("").strip());
    switch (entrance.answer(request.getRemoteAddr(), request::getHeader)) {
      case WELCOME -> {
        byte[] text = exposition.text().getBytes(StandardCharsets.UTF_8);
        response.setContentType(Exposition.MEDIA_TYPE);
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
      }
      // Not sendError: the pages that it shows are for people.
      case WRONG_TOKEN -> response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      case NOTHING -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
