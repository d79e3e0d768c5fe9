package org.kvantenergo.device;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Reads the registry with the current state, for people. */
public interface DeviceDirectory {

  /** The groups of the scope in their order: 642M_MTS first. */
  List<GroupSummary> groups(Scope scope);

  /** How many unregistered devices the scope sees; 0 if it may not see them. */
  long unregistered(Scope scope);

  /** A slice of the upper table, paged in SQL. */
  Page<DeviceRow> list(Scope scope, DeviceFilter filter, DeviceOrder order, Slice slice);

  /** Those of the devices that the scope sees, in no order; at most 1000 are asked for. */
  List<DeviceRow> find(Scope scope, Collection<DeviceId> ids);

  /** Those of the ids that the scope sees. */
  Set<DeviceId> visible(Scope scope, Collection<DeviceId> ids);

  /** One row; empty when there is none or the scope does not see it. */
  Optional<DeviceRow> find(Scope scope, DeviceId id);
}
