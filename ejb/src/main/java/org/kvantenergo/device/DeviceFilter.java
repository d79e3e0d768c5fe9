package org.kvantenergo.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kvantenergo.shared.GroupId;

/**
 * Which devices the upper table lists.
 *
 * @param part of the devices
 * @param groups in which they are; empty: in any or in none. Those that are not registered are in
 *     none.
 * @param conditions that all hold; at most {@value #MOST_CONDITIONS}
 */
public record DeviceFilter(Part part, Set<GroupId> groups, List<Condition> conditions) {

  /** Most conditions that are joined. */
  public static final int MOST_CONDITIONS = 50;

  /** Most groups that are chosen. */
  public static final int MOST_GROUPS = 1000;

  /** All registered devices of the scope. */
  public static final DeviceFilter ALL = new DeviceFilter(Part.REGISTERED, Set.of(), List.of());

  /** Devices that report but are not registered; none for a scope that may not see them. */
  public static final DeviceFilter UNREGISTERED =
      new DeviceFilter(Part.UNREGISTERED, Set.of(), List.of());

  /** Whether devices are known. */
  public enum Part {
    /** Owned by an organisation, blocked ones among them. */
    REGISTERED,
    /** They report, but nobody registered them. */
    UNREGISTERED
  }

  /** Takes copies of its own. */
  public DeviceFilter {
    groups = Set.copyOf(groups);
    conditions = List.copyOf(conditions);
    if (part == Part.UNREGISTERED && !groups.isEmpty()) {
      throw new IllegalArgumentException("who is not registered is in no group");
    }
    if (conditions.size() > MOST_CONDITIONS || groups.size() > MOST_GROUPS) {
      throw new IllegalArgumentException(
          conditions.size() + " conditions, " + groups.size() + " groups");
    }
  }

  /** The devices of one group. */
  public static DeviceFilter of(GroupId group) {
    return new DeviceFilter(Part.REGISTERED, Set.of(group), List.of());
  }

  /** The same devices, as far as another condition holds too. */
  public DeviceFilter and(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return with(all);
  }

  /** The same part and groups under other conditions. */
  public DeviceFilter with(List<Condition> others) {
    return new DeviceFilter(part, groups, others);
  }
}
