package org.kvantenergo.device;

import java.util.List;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;

/**
 * Groups of devices of an organisation, in an order. Each method asks for {@code REGISTER} and
 * throws {@link DeviceRefusedException} for what cannot be.
 */
public interface DeviceGroups {

  /** Most characters of a name. */
  int LONGEST = 60;

  /**
   * A group.
   *
   * @param id the group
   * @param name 1..60 characters, once in its organisation
   * @param devices how many devices it holds
   */
  record Group(GroupId id, String name, long devices) {}

  /** The groups of an organisation in their order; none if the caller does not see it. */
  List<Group> list(Caller caller, OrganisationId organisation);

  /** Makes a group, behind the others. */
  GroupId add(Caller caller, OrganisationId organisation, String name);

  /** Gives a group another name. */
  void rename(Caller caller, GroupId group, String name);

  /** Lets a group change places with the one above it or below it, if there is one. */
  void move(Caller caller, GroupId group, boolean up);

  /** Removes a group that holds no devices. */
  void remove(Caller caller, GroupId group);
}
