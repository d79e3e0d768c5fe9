package org.kvantenergo.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/**
 * Reads the registry, each answer as of a moment. A period holds from its beginning on and no
 * longer at its end: at the very moment of a change the new holds.
 */
public interface Registry {

  /**
   * The meters of the scope in the order of their addresses, those that stand nowhere last.
   *
   * @param text a part of the address, the beginning of a serial number of meter or device or of an
   *     account's number; empty: all
   */
  Page<MeterRow> list(Scope scope, String text, Instant at, Slice slice);

  /** One meter; empty when there is none or the scope does not see it. */
  Optional<MeterRow> find(Scope scope, MeterId meter, Instant at);

  /** The meter that a device was on; empty when it was on none or the scope does not see it. */
  Optional<MeterRow> ofDevice(Scope scope, DeviceId device, Instant at);

  /** The meters of a resource that stood at a site and below it; the site's own first. */
  List<MeterRow> below(Scope scope, SiteId site, Resource resource, Instant at);

  /** The meters of all resources that stood at a site and below it, the site's own first. */
  Page<MeterRow> standing(Scope scope, SiteId site, Instant at, Slice slice);

  /** On which meters a device ever was, newest first; only what the scope sees of either. */
  List<DeviceHistory> ofDevice(Scope scope, DeviceId device);

  /** All that ever held for a meter; empty when there is none or the scope does not see it. */
  Optional<MeterHistory> history(Scope scope, MeterId meter);
}
