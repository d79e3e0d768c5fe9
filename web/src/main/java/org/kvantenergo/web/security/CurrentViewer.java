package org.kvantenergo.web.security;

import jakarta.enterprise.context.SessionScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.Scope;

/** The person of this session. Looked up once by the name under which the server knows them. */
@Named("viewer")
@SessionScoped
public class CurrentViewer implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient HttpServletRequest request;
  @Inject private transient Accounts accounts;

  private transient Viewer viewer;

  /**
   * The person.
   *
   * @throws IllegalStateException if nobody is signed in: the page is not protected
   */
  public Viewer get() {
    if (viewer == null) {
      String login = known() ? request.getUserPrincipal().getName() : "";
      viewer =
          accounts.find(login).orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }
    return viewer;
  }

  /** Whether anybody is signed in. */
  public boolean known() {
    return request.getUserPrincipal() != null;
  }

  /** Whose rows the person sees. */
  public Scope scope() {
    return get().scope();
  }

  public String getName() {
    return get().name();
  }

  public Locale getLocale() {
    return get().locale();
  }

  /** In which times are shown. */
  public ZoneId zone() {
    return get().zone();
  }

  /** Name of that zone, in the viewer's language. */
  public String getZoneName() {
    return zone().getDisplayName(TextStyle.FULL_STANDALONE, getLocale());
  }

  /** Shows everything in the other language from now on; the page that it is on is loaded anew. */
  public String switchLanguage() {
    choose(getLocale().getLanguage().equals("en") ? Locale.forLanguageTag("ru") : Locale.ENGLISH);
    return FacesContext.getCurrentInstance().getViewRoot().getViewId() + "?faces-redirect=true";
  }

  /** Shows everything in another language from now on, and the next time too. */
  public void choose(Locale locale) {
    accounts.chooseLocale(get().accountId(), locale);
    viewer = null;
  }
}
