package org.kvantenergo.web.push;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Pages that bring themselves up to date wait for each other, not the packets for them: no more
 * than half of the processors draw such pages at a time, whoever comes meanwhile is told to come
 * back. What a person asks for passes by.
 */
@WebFilter(
    urlPatterns = {"/monitoring.xhtml", "/commands.xhtml", "/campaigns.xhtml"},
    asyncSupported = true)
public class RefreshGate extends HttpFilter {

  /** The parameter by which a page says that nobody asked. */
  static final String BY_ITSELF = "refresh";

  /** Header of the answer: nothing is new in it, the page may ask again after a second or more. */
  static final String BUSY = "X-Kvant-Busy";

  private static final long serialVersionUID = 1L;

  private static final String NOTHING =
      "<?xml version='1.0' encoding='UTF-8'?><partial-response><changes></changes></partial-response>";

  private final transient Semaphore places =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // With GET these are links that people open.
    if (!request.getMethod().equals("POST") || request.getParameter(BY_ITSELF) == null) {
      chain.doFilter(request, response);
    } else if (places.tryAcquire()) {
      try {
        chain.doFilter(request, response);
      } finally {
        places.release();
      }
    } else {
      response.setHeader(BUSY, "true");
      response.setContentType("text/xml;charset=UTF-8");
      response.getWriter().write(NOTHING);
    }
  }
}
