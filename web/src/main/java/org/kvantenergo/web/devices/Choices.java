package org.kvantenergo.web.devices;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.device.DeviceGroups;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;

/** Owners and groups that can be chosen: a page asks for them many times, the database once. */
@RequestScoped
public class Choices {

  private final Organisations organisations;
  private final DeviceGroups groups;
  private final Map<OrganisationId, List<DeviceGroups.Group>> known = new HashMap<>();
  private List<Organisations.Organisation> owners;

  @Inject
  public Choices(Organisations organisations, DeviceGroups groups) {
    this.organisations = organisations;
    this.groups = groups;
  }

  /** For the proxies of CDI. */
  protected Choices() {
    this(null, null);
  }

  /** Organisations that the caller sees. */
  List<Organisations.Organisation> owners(Caller caller) {
    if (owners == null) {
      owners = organisations.list(caller.scope());
    }
    return owners;
  }

  /** Groups of one of them, in their order. */
  List<DeviceGroups.Group> groups(Caller caller, OrganisationId owner) {
    return known.computeIfAbsent(owner, each -> groups.list(caller, each));
  }

  /** Groups have changed. */
  void forget() {
    known.clear();
  }
}
