package org.kvantenergo.device;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;

/** Who is who, for the ingest and the start. Set-based: one statement a list. */
public interface DeviceRegistry {

  /** What the registry knows of each claim, in their order. */
  List<Standing> standings(List<DeviceClaim> claims);

  /**
   * The rows under which claims that are not registered are kept apart, in the order of the claims;
   * made where there are none yet.
   */
  List<DeviceId> keepApart(List<DeviceClaim> claims);

  /**
   * Keeps rows of devices that are not registered until the end of the transaction, so that none of
   * them becomes another device's meanwhile.
   *
   * @return of those that did before: whose they are now
   */
  Map<DeviceId, DeviceId> hold(Collection<DeviceId> apart);

  /**
   * Whose a row is by now.
   *
   * @param device itself, or the device that it became part of
   * @param registered whether that is of the registry, or was until another took its place
   */
  record Bearer(DeviceId device, boolean registered) {}

  /** Whose a row is by now; empty if it is gone. */
  Optional<Bearer> bearer(DeviceId row);

  /** How many rows keep somebody apart who is not registered. */
  long keptApart();

  /** The group of that name, made if there is none. */
  GroupId group(OrganisationId organisation, String name, int position);

  /**
   * Registers devices. One that was kept apart under the same identity keeps its row and with it
   * its archive; one whose IMEI or serial is registered already is left as it is.
   */
  void register(OrganisationId organisation, GroupId group, List<NewDevice> devices);
}
