package org.kvantenergo.device;

import java.time.Instant;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;

/**
 * A device as who has the registry in order sees it.
 *
 * @param id «idx»
 * @param kind what it is
 * @param state how it stands in the registry
 * @param imei 15 digits as a number; 0 = none
 * @param serial 1..10^15-1
 * @param model u16 of the registry; 0 = not known
 * @param reportedModel u16 of its newest session; 0 = not known
 * @param iccid digits of the SIM in its newest session, empty if not known
 * @param owner whose it is; null if nobody's
 * @param group null if it is in none
 * @param comment the operator's note, empty if none
 * @param commissionedAt when it was put into service, null if not known
 * @param firstAt when its row was made: for one that reported unregistered, its first contact
 * @param heardAt its last contact; null if there was none
 * @param keySince since when it holds a key; null if it holds none
 * @param apartSince since when somebody says that it is no registered device; null if nobody does
 * @param byImei for a device that is not registered: who is, under its IMEI; null if nobody is
 * @param bySerial the same by its serial number
 */
public record DeviceEntry(
    DeviceId id,
    DeviceRow.Kind kind,
    DeviceRow.State state,
    long imei,
    long serial,
    int model,
    int reportedModel,
    String iccid,
    Owner owner,
    Group group,
    String comment,
    Instant commissionedAt,
    Instant firstAt,
    Instant heardAt,
    Instant keySince,
    Instant apartSince,
    Holder byImei,
    Holder bySerial) {

  /**
   * An organisation.
   *
   * @param id its id
   * @param name its name
   */
  public record Owner(OrganisationId id, String name) {}

  /**
   * A group.
   *
   * @param id its id
   * @param name its name
   */
  public record Group(GroupId id, String name) {}

  /**
   * A registered device under whose identity, in part, another one reports.
   *
   * @param id which
   * @param kind what it is
   * @param imei 0 = none
   * @param serial 1..10^15-1
   * @param owner name of its owner
   */
  public record Holder(DeviceId id, DeviceRow.Kind kind, long imei, long serial, String owner) {}

  /** What can be edited of it. */
  public DeviceChanges.Profile profile() {
    return new DeviceChanges.Profile(
        group == null ? null : group.id(), comment, model, commissionedAt);
  }

  /** Whether it reports under a part of the identity of a registered device. */
  public boolean swapped() {
    return byImei != null || bySerial != null;
  }
}
