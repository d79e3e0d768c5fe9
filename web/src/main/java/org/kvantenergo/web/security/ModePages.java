package org.kvantenergo.web.security;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Set;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.account.Viewer;

/**
 * The pages of «Технологический режим»: whoever has the right to it and is asked for the second
 * password opens them after that only. Who has no such right sees of them what the right to see
 * devices shows.
 */
@SessionScoped
public class ModePages implements Serializable {

  /** Where the second password is asked for. */
  static final String DOOR = "/technological.xhtml";

  /** A new page of the mode is added here, and nowhere else. */
  static final Set<String> PAGES =
      Set.of(
          "/monitoring.xhtml",
          "/custody.xhtml",
          "/setaside.xhtml",
          "/fleet.xhtml",
          "/map.xhtml",
          "/commands.xhtml",
          "/campaigns.xhtml");

  /** What those pages fetch by themselves: guarded alike, and nowhere to go back to. */
  static final Set<String> DATA = Set.of("/series", "/campaign.csv");

  /** A page that nobody has touched for a minute refreshes itself with this header. */
  static final String IDLE = "X-Kvant-Idle";

  private static final long serialVersionUID = 1L;
  private static final String FIRST = "/monitoring.xhtml";

  @Inject private transient TechnologicalMode mode;

  private String wanted = FIRST;

  /**
   * Whether a request may go on; remembers the page, for when the mode has been opened again.
   *
   * @param token of the session
   */
  boolean open(Viewer viewer, String token, HttpServletRequest request) {
    String path = request.getServletPath();
    boolean data = DATA.contains(path);
    if (!viewer.secondPassword() || !(data || PAGES.contains(path))) {
      return true;
    }
    if (request.getMethod().equals("GET") && !data) {
      String query = request.getQueryString();
      wanted = query == null ? path : path + "?" + query;
    }
    boolean using = request.getHeader(IDLE) == null;
    return mode.entered(viewer.caller(request.getRemoteAddr()), token, using);
  }

  /** The person is on the first page: what the mode opens from there is its own first page. */
  public void beginAnew() {
    wanted = FIRST;
  }

  /** Where the person was going, or was last. */
  public String wanted() {
    return wanted;
  }
}
