package org.kvantenergo.web.monitoring;

import java.util.Arrays;
import java.util.List;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.shared.DeviceId;

/**
 * The devices that are ticked: some, or all that a filter lists but for some.
 *
 * @param filter null if the ids are those that are ticked; otherwise they are the ones that are not
 * @param ids in ascending order
 */
public record Ticked(DeviceFilter filter, List<DeviceId> ids) {

  static Ticked of(DeviceFilter filter, long[] ids) {
    return new Ticked(filter, Arrays.stream(ids).mapToObj(DeviceId::new).toList());
  }

  /** Whether nothing is ticked. */
  public boolean none() {
    return filter == null && ids.isEmpty();
  }
}
