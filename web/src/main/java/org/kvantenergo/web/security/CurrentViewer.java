package org.kvantenergo.web.security;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.SessionScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

/** The person of this session. Looked up once by the name under which the server knows them. */
@Named("viewer")
@SessionScoped
public class CurrentViewer implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient HttpServletRequest request;
  @Inject private transient Accounts accounts;

  @Inject private transient Sessions sessions;

  private String token;
  private boolean byProvider;
  private transient volatile Viewer viewer;

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

  /**
   * The server's session is this person's from now on.
   *
   * @param provider whether a provider vouched for them
   */
  void begin(Viewer person, boolean provider) {
    String agent = request.getHeader("User-Agent");
    token = sessions.begin(person, request.getRemoteAddr(), agent, provider);
    byProvider = provider;
    // What a provider's word spares is known of the session alone.
    viewer = provider ? sessions.viewer(token).orElse(null) : person;
  }

  /** Whether a provider vouched for the person. */
  boolean isByProvider() {
    return byProvider;
  }

  /**
   * Asks anew who it is and what they may do.
   *
   * @return whether the session goes on; while the database is away it does, as it was: there is
   *     nothing to be had in it
   */
  public boolean renew() {
    try {
      Optional<Viewer> found = token == null ? Optional.empty() : sessions.viewer(token);
      viewer = found.orElse(null);
      return found.isPresent();
    } catch (DatabaseException | EJBException e) {
      return viewer != null;
    }
  }

  /** The secret of this session. */
  public String token() {
    return token;
  }

  /** The session is over. */
  void end() {
    if (token != null) {
      sessions.end(token);
    }
  }

  /** A page that is for people who have users in order. */
  public void requireUsers() {
    caller().require(Permission.MANAGE_USERS);
  }

  /** A page that is for people who may enter «Технологический режим». */
  public void requireMode() {
    caller().require(Permission.TECHNOLOGICAL_MODE);
  }

  /** A page that is for people who have roles in order. */
  public void requireRoles() {
    caller().require(Permission.MANAGE_ROLES);
  }

  /** A page that is for people who have organisations in order. */
  public void requireOrganisations() {
    caller().require(Permission.MANAGE_ORGANISATIONS);
  }

  /** A page that is for people who hand devices over, which they must see. */
  public void requireTransfer() {
    scope();
    requireOrganisations();
  }

  /** A page that is for people who see devices; asked again at whatever is done on it. */
  public void requireReading() {
    scope();
  }

  /** A page that is for people who register devices, which they must see. */
  public void requireDevices() {
    scope();
    caller().require(Permission.REGISTER);
  }

  /** A page that is for people who send commands to devices, which they must see. */
  public void requireCommands() {
    scope();
    caller().require(Permission.SEND_COMMANDS);
  }

  public String getLogin() {
    return get().login();
  }

  /** Whether anybody is signed in. */
  public boolean known() {
    return request.getUserPrincipal() != null;
  }

  /**
   * Whose devices the person sees.
   *
   * @throws org.kvantenergo.shared.NotPermittedException if none are to be seen at all
   */
  public Scope scope() {
    caller().require(Permission.READ_DEVICES);
    return get().scope();
  }

  /** The person as who asks for something. */
  public Caller caller() {
    return get().caller(request.getRemoteAddr());
  }

  /** Whether the person may do something: for what a page shows. The bean behind asks again. */
  public boolean may(String permission) {
    return get().may(Permission.valueOf(permission));
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

  /** Whether the person owes a new password or a second factor, and nothing else opens. */
  public boolean isOwing() {
    return get().mustChange() || get().mustEnrol();
  }

  /** Whether «Технологический режим» asks the person for the second password. */
  public boolean isSecondPassword() {
    return get().secondPassword();
  }

  /** Shows everything in another language and zone from now on. */
  public void choose(Locale locale, ZoneId zone) {
    accounts.changeSettings(caller(), locale, zone);
    viewer = null;
  }

  /** Shows everything in another language from now on, and the next time too. */
  public void choose(Locale locale) {
    accounts.chooseLocale(get().accountId(), locale);
    viewer = null;
  }
}
