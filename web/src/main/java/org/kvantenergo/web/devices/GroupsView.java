package org.kvantenergo.web.devices;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.kvantenergo.device.DeviceGroups;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.security.CurrentViewer;

/** Groups of an organisation: made, renamed, moved and removed. */
@Named("deviceGroups")
@ViewScoped
public class GroupsView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient DeviceGroups groups;
  @Inject private Choices choices;
  @Inject private CurrentViewer viewer;
  @Inject private DevicesView devices;
  @Inject private DeviceInto into;

  private long selected;
  private String name = "";
  private String fault = "";

  /** The field is for a new group. */
  public void fresh() {
    selected = 0;
    name = "";
    fault = "";
  }

  /** The field is for one of the groups. */
  public void choose(long group) {
    fresh();
    getList().stream()
        .filter(each -> each.id().value() == group)
        .findFirst()
        .ifPresent(
            each -> {
              selected = group;
              name = each.name();
            });
  }

  /** Makes the group, or renames it. */
  public void save() {
    attempt(
        () -> {
          if (selected == 0) {
            groups.add(viewer.caller(), owner(), name);
          } else {
            groups.rename(viewer.caller(), new GroupId(selected), name);
          }
          fresh();
        });
  }

  /** Moves the chosen one by one place. */
  public void move(boolean up) {
    attempt(() -> groups.move(viewer.caller(), new GroupId(selected), up));
  }

  /** Removes the chosen one. */
  public void remove() {
    attempt(
        () -> {
          groups.remove(viewer.caller(), new GroupId(selected));
          fresh();
        });
  }

  private void attempt(Runnable action) {
    fault = "";
    try {
      action.run();
      choices.forget();
      devices.reload();
    } catch (DeviceRefusedException e) {
      fault =
          e.reason() == DeviceRefusedException.Reason.VALUE
              ? "dev.fault.group"
              : "dev.refused." + e.reason().name();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      fault = "dev.refused.DATABASE";
    }
  }

  private OrganisationId owner() {
    return new OrganisationId(into.getOwner());
  }

  /** The groups in their order. */
  public List<DeviceGroups.Group> getList() {
    return choices.groups(viewer.caller(), owner());
  }

  public long getSelected() {
    return selected;
  }

  public String getName() {
    return name;
  }

  public void setName(String typed) {
    name = Typed.text(typed);
  }

  /** Key of what is wrong; empty if nothing is. */
  public String getFault() {
    return fault;
  }
}
