package org.kvantenergo.web.security;

import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kvantenergo.shared.PagesByTls;

/**
 * Tells the browser to run and load nothing but what we serve, to be framed by nobody, and to keep
 * no page: a page of somebody who signed out does not come back by the back button.
 *
 * <p>WEB-INF/undertow-handlers.conf says the same for what never comes as far as here; a test holds
 * the two together.
 */
@WebFilter(
    urlPatterns = "/*",
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR},
    asyncSupported = true)
public class CarefulAnswers extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String POLICY = "Content-Security-Policy";

  @Inject private transient PlainPages plain;
  @Inject private transient MapTiles tiles;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    tell(request, response, plain);
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && plain.turnAway(request, response)) {
      return;
    }
    boolean form = request.getMethod().equals("POST");
    Optional<String> pictures = tiles.originFor(request.getServletPath());
    response.setHeader(POLICY, policy(Optional.empty(), pictures));
    chain.doFilter(form ? new NonceOfView(request) : request, new OnePolicy(response, pictures));
  }

  /** Also for answers of who signs people in, which are given before any filter. */
  static void tell(HttpServletRequest request, HttpServletResponse response, PlainPages plain) {
    response.setHeader(POLICY, policy(Optional.empty()));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), usb=()");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    // Where plain pages are served on purpose, nobody is told that there are none.
    if (request.isSecure() && plain.alwaysByTls()) {
      response.setHeader("Strict-Transport-Security", PagesByTls.HSTS);
    }
    if (isPage(request.getServletPath())) {
      response.setHeader("Cache-Control", "no-store");
    }
  }

  private static boolean isPage(String path) {
    return !path.startsWith("/static/") && !path.startsWith("/jakarta.faces.resource/");
  }

  /**
   * The one policy of all answers.
   *
   * @param nonce what the page's own scripts carry; empty if it has none
   */
  static String policy(Optional<String> nonce) {
    return policy(nonce, Optional.empty());
  }

  /**
   * The same, with pictures from elsewhere.
   *
   * @param pictures an origin; empty = none but ours
   */
  private static String policy(Optional<String> nonce, Optional<String> pictures) {
    return "default-src 'none'; script-src 'self'"
        + nonce.map(n -> " 'nonce-" + n + "'").orElse("")
        + "; style-src 'self'; img-src 'self' data:"
        + pictures.map(origin -> " " + origin).orElse("")
        + "; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  /**
   * PrimeFaces fails when a form does not send the nonce of its view along. A script puts it there;
   * a form that is sent before that, or where no script runs, is a form all the same.
   */
  private static final class NonceOfView extends HttpServletRequestWrapper {

    private static final String PARAMETER = "primefaces.nonce";

    NonceOfView(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getParameter(String name) {
      String sent = super.getParameter(name);
      return sent == null && name.equals(PARAMETER) ? ofView() : sent;
    }

    private static String ofView() {
      FacesContext faces = FacesContext.getCurrentInstance();
      UIViewRoot view = faces == null ? null : faces.getViewRoot();
      return view == null || view.getViewMap(false) == null
          ? null
          : (String) view.getViewMap(false).get(PARAMETER);
    }
  }

  /** PrimeFaces makes the nonce and tells it in a policy of its own, which ours takes in. */
  private static final class OnePolicy extends HttpServletResponseWrapper {

    private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9+/=_-]+)'");

    private final Optional<String> pictures;

    OnePolicy(HttpServletResponse response, Optional<String> pictures) {
      super(response);
      this.pictures = pictures;
    }

    @Override
    public void addHeader(String name, String value) {
      if (POLICY.equalsIgnoreCase(name)) {
        setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }

    @Override
    public void setHeader(String name, String value) {
      if (!POLICY.equalsIgnoreCase(name)) {
        super.setHeader(name, value);
        return;
      }
      Matcher nonce = NONCE.matcher(value);
      super.setHeader(
          name, policy(nonce.find() ? Optional.of(nonce.group(1)) : Optional.empty(), pictures));
    }
  }
}
