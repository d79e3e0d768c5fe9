package org.kvantenergo.web.devices;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.device.DeviceEntry;
import org.kvantenergo.device.DeviceGroups;
import org.kvantenergo.device.DeviceRegistration.Into;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.web.security.CurrentViewer;

/** Whose devices shall be and in which group: as it was chosen last, wherever on the page. */
@Named("deviceInto")
@ViewScoped
public class DeviceInto implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Choices choices;
  @Inject private CurrentViewer viewer;
  @Inject private DevicesView devices;

  private long owner;
  private long group;
  private String comment = "";

  @PostConstruct
  void begin() {
    owner = viewer.get().scope().organisation().value();
    List<DeviceGroups.Group> first = getGroups();
    group = first.isEmpty() ? 0 : first.get(0).id().value();
  }

  /** What was chosen. */
  Into where() {
    return new Into(new OrganisationId(owner), group == 0 ? null : new GroupId(group), comment);
  }

  /** Another owner has other groups. */
  public void ownerChosen() {
    group = 0;
  }

  /** Organisations that can be chosen. */
  public List<Organisations.Organisation> getOrganisations() {
    return choices.owners(viewer.caller());
  }

  /** Groups of the chosen owner. */
  public List<DeviceGroups.Group> getGroups() {
    return choices.groups(viewer.caller(), new OrganisationId(owner));
  }

  /** Groups of the owner of the chosen device. */
  public List<DeviceGroups.Group> getOwnGroups() {
    DeviceEntry device = devices.chosen();
    return device == null || device.owner() == null
        ? List.of()
        : choices.groups(viewer.caller(), device.owner().id());
  }

  public long getOwner() {
    return owner;
  }

  public void setOwner(long id) {
    owner = id;
  }

  public long getGroup() {
    return group;
  }

  public void setGroup(long id) {
    group = id;
  }

  public String getComment() {
    return comment;
  }

  public void setComment(String typed) {
    comment = Typed.text(typed);
  }
}
