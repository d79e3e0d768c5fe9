package org.kvantenergo.web.people;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.account.Users;
import org.kvantenergo.web.security.CurrentViewer;

/** What the forms offer to choose from; asked for once a request, however often it is shown. */
@RequestScoped
public class Choices {

  private final Organisations organisations;
  private final Users users;
  private final CurrentViewer viewer;
  private List<Organisations.Organisation> below;
  private List<Users.Role> roles;

  @Inject
  public Choices(Organisations organisations, Users users, CurrentViewer viewer) {
    this.organisations = organisations;
    this.users = users;
    this.viewer = viewer;
  }

  /** For the proxies of CDI. */
  protected Choices() {
    this(null, null, null);
  }

  /** The viewer's part of the tree. */
  public List<Organisations.Organisation> organisations() {
    if (below == null) {
      below = organisations.list(viewer.get().scope());
    }
    return below;
  }

  /** Roles that the viewer can give. */
  public List<Users.Role> roles() {
    if (roles == null) {
      roles = users.roles(viewer.caller());
    }
    return roles;
  }
}
