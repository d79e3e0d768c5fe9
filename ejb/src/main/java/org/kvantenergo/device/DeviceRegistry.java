package org.kvantenergo.device;

import java.util.List;
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
