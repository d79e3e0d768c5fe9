package org.kvantenergo.device;

import java.util.Optional;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.Scope;

/**
 * Figures of the whole fleet, for the first page and the fleet panel. They are read in one go for a
 * scope and are the same for all who watch with that scope on this node: for 3 seconds, or ten
 * times as long as reading them took, so that many watchers cost what one does. Safe for any
 * thread.
 */
public interface FleetStatistics {

  /**
   * The registered devices (blocked ones too, as in the upper table) that the scope sees.
   *
   * @param group only those of a group; empty = all. A group that the scope does not see has none
   */
  FleetFigures figures(Scope scope, Optional<GroupId> group);
}
