package org.kvantenergo.device;

import org.kvantenergo.shared.GroupId;

/** Which devices the upper table lists. */
public sealed interface DeviceFilter {

  /** All registered devices of the organisation. */
  record All() implements DeviceFilter {}

  /**
   * The devices of one group.
   *
   * @param group the group
   */
  record InGroup(GroupId group) implements DeviceFilter {}

  /** Devices that report but are not registered; empty for a scope that may not see them. */
  record Unregistered() implements DeviceFilter {}
}
