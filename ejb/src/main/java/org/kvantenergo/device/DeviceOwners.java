package org.kvantenergo.device;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;

/**
 * Who owned a device when. The owner of today sees the device and its whole archive; who owned it
 * before sees it no more.
 */
public interface DeviceOwners {

  /**
   * From when on somebody owned a device; until the next one begins.
   *
   * @param since inclusive
   * @param organisation null = nobody
   */
  record Period(Instant since, OrganisationId organisation) {}

  /**
   * A device and whose it is.
   *
   * @param device the device
   * @param imei 15 digits as a number; 0 = none
   * @param serial 1..10^15-1
   * @param organisation whose it is today
   * @param name of that organisation
   * @param since from when on, inclusive
   */
  record Owned(
      DeviceId device,
      long imei,
      long serial,
      OrganisationId organisation,
      String name,
      Instant since) {}

  /**
   * Those of the scope's devices whose serial number or IMEI is one of the numbers, by serial
   * number; at most 1000.
   */
  List<Owned> find(Scope scope, Collection<Long> numbers);

  /** All periods of a device, oldest first; empty if the scope does not see the device. */
  List<Period> history(Scope scope, DeviceId device);

  /**
   * Who owned a device at a moment; empty if nobody did, or the scope does not see the device
   * today.
   */
  Optional<OrganisationId> asOf(Scope scope, DeviceId device, Instant moment);

  /**
   * Hands devices over. They leave their groups, which belong to the old owner. Left out is what
   * the caller does not see, what nobody owns, what is the new owner's already, and what changed
   * its owner at that moment or later.
   *
   * @param to must lie within the caller's part of the tree, else nothing is handed over
   * @param since from when on, not in the future
   * @return how many were handed over
   * @throws IllegalArgumentException if the moment is in the future
   * @throws org.kvantenergo.shared.NotPermittedException without {@code MANAGE_ORGANISATIONS}
   */
  int transfer(Caller caller, Collection<DeviceId> devices, OrganisationId to, Instant since);
}
