package org.kvantenergo.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;

/**
 * The registry of devices for who has it in order. Each method asks for {@code REGISTER}; devices
 * that are not registered are nobody's, and are seen by who sees everything.
 */
public interface DeviceBook {

  /**
   * What a device was until it took over what another row had kept apart.
   *
   * @param until when it did
   * @param imei its IMEI before; 0 = none
   * @param serial its serial number before
   * @param records how many records came with that row
   */
  record Past(Instant until, long imei, long serial, long records) {}

  /** A slice of those that the caller sees, by serial number. */
  Page<DeviceEntry> list(Caller caller, DeviceSearch search, Slice slice);

  /** How many there are of each state, as far as the caller sees them. */
  Map<DeviceSearch.Which, Long> counts(Caller caller);

  /** One of them; empty if the caller does not see it. */
  Optional<DeviceEntry> find(Caller caller, DeviceId device);

  /** What a device was before, the last first; empty too if the caller does not see it. */
  List<Past> past(Caller caller, DeviceId device);
}
