package org.kvantenergo.device;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Reads the registry with the current state, for people. */
public interface DeviceDirectory {

  /** The groups of the scope in their order: 642M_MTS first. */
  List<GroupSummary> groups(Scope scope);

  /** How many unregistered devices the scope sees; 0 if it may not see them. */
  long unregistered(Scope scope);

  /**
   * A slice of the upper table, paged in SQL.
   *
   * @throws org.kvantenergo.shared.DatabaseException also if it takes too long: then it was
   *     cancelled
   */
  Page<DeviceRow> list(Scope scope, DeviceFilter filter, DeviceOrder order, Slice slice);

  /**
   * Where a device stands in that table.
   *
   * @return its place from 0; empty if the filter or the scope leaves it out
   */
  OptionalLong place(Scope scope, DeviceFilter filter, DeviceOrder order, DeviceId device);

  /**
   * How many devices of a list show which sign. Exact at the moment that it names, which is at most
   * a few seconds ago: many who ask the same are answered by one count.
   */
  FleetCounts counts(Scope scope, DeviceFilter filter);

  /**
   * Looks for numbers, exactly as they are, but for spaces around them and zeros before them.
   *
   * @param values at most {@value Located#MOST}; blank ones are left out, those that are given
   *     twice are answered once
   */
  Located locate(Scope scope, Identity identity, List<String> values);

  /** The whole list as of one moment, by a cursor, however long it is. Outside of a transaction. */
  void stream(Scope scope, DeviceFilter filter, DeviceOrder order, Rows<DeviceRow> rows)
      throws IOException;

  /** The same for those of some devices that the scope sees, however many. */
  void stream(Scope scope, Collection<DeviceId> ids, DeviceOrder order, Rows<DeviceRow> rows)
      throws IOException;

  /** Those of the devices that the scope sees, in no order; at most 1000 are asked for. */
  List<DeviceRow> find(Scope scope, Collection<DeviceId> ids);

  /** Those of the ids that the scope sees. */
  Set<DeviceId> visible(Scope scope, Collection<DeviceId> ids);

  /** One row; empty when there is none or the scope does not see it. */
  Optional<DeviceRow> find(Scope scope, DeviceId id);
}
