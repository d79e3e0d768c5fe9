package org.kvantenergo.device;

import java.util.List;
import org.kvantenergo.shared.Scope;

/**
 * Devices that a filter lists, for statements of other features over all of them: the same
 * conditions and the same check of the scope as in the table.
 */
public interface DeviceSets {

  /**
   * A relation.
   *
   * @param sql a query with places, whose one column is called id; each device once
   * @param values of the places, in their order
   */
  record Ids(String sql, List<Object> values) {

    /** Keeps its own list. */
    public Ids {
      values = List.copyOf(values);
    }
  }

  /** Those that a filter lists within what the scope sees. */
  Ids of(Scope scope, DeviceFilter filter);
}
