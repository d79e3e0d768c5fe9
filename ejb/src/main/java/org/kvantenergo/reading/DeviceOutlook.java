package org.kvantenergo.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;

/** What follows from a device's records: when it comes next, how long its battery lasts. */
public interface DeviceOutlook {

  /**
   * When a device is expected next: a whole number of its own periods after its newest slice, moved
   * by how its last slices came. Empty while there are no records, the period is not known or the
   * scope does not see the device.
   */
  Optional<Expected> expected(Scope scope, DeviceId device);

  /** How long the battery lasts; empty if the scope does not see the device. */
  Optional<BatteryForecast> battery(Scope scope, DeviceId device);

  /** The error bits of the newest record, each with since when; none for who does not see it. */
  List<ErrorRun> errors(Scope scope, DeviceId device);

  /**
   * A contact that is to come.
   *
   * @param at when; in the past if it is overdue
   * @param periodMinutes the device's period, 1 or more
   */
  record Expected(Instant at, int periodMinutes) {}

  /**
   * A bit that is set.
   *
   * @param mask where it stands
   * @param bit 0..15
   * @param raw the whole mask
   * @param since module time of the first record of the uninterrupted run that goes on
   * @param known whether a record without it came before; else it may be older than the archive
   * @param last module time of the newest record that has it
   */
  record ErrorRun(
      ErrorDictionary.Mask mask, int bit, int raw, Instant since, boolean known, Instant last) {}
}
