package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceSets;
import org.kvantenergo.shared.Scope;

/** Sets of devices out of the listing of the upper table. */
@ApplicationScoped
public class SqlDeviceSets implements DeviceSets {

  private static final DeviceOrder PLAIN = new DeviceOrder(DeviceOrder.Key.IDX, true);

  @Override
  public Ids of(Scope scope, DeviceFilter filter) {
    Listing.Query all =
        Listing.of(scope, filter, PLAIN).each("select l.id", List.of(), "", List.of());
    return new Ids(all.sql(), all.values());
  }
}
