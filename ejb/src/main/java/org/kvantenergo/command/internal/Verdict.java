package org.kvantenergo.command.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.command.CommandProofs.SeenInfo;
import org.kvantenergo.command.CommandProofs.Settings;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.wire.command.DeviceCommand;

/**
 * Whether a command that a device says it has done is in force.
 *
 * @param holds VERIFIED if so, else MISMATCH
 * @param sessionId in which that was seen
 */
record Verdict(boolean holds, long sessionId) {

  /**
   * A record may have been made before its device was set right, and a block's clock is set by
   * nobody: what is to disprove a mode is later by more than clocks are off.
   */
  private static final Duration CLOCK = Duration.ofMinutes(5);

  private static final int OPEN = 1 << 14;

  /**
   * A command that is done.
   *
   * @param session in which its result came
   * @param at when that was
   */
  record Done(long id, long session, Instant at) {}

  /** Of a setting: what INFO says; empty if it says nothing of this command. */
  static Optional<Verdict> of(Done done, DeviceCommand command, SeenInfo info) {
    boolean after =
        info.sessionId() > done.session
            || (info.sessionId() == done.session && !info.at().isBefore(done.at));
    if (!after || info.notYet().contains(done.id)) {
      return Optional.empty();
    }
    return fits(command, info.settings()).map(fits -> new Verdict(fits, info.sessionId()));
  }

  private static Optional<Boolean> fits(DeviceCommand command, Settings seen) {
    if (command instanceof DeviceCommand.SetSchedule schedule) {
      return Optional.of(
          schedule.contractDay() == seen.contractDay()
              && schedule.contractHour() == seen.contractHour()
              && schedule.period() == seen.periodMinutes());
    }
    if (command instanceof DeviceCommand.SetRetries retries) {
      return Optional.of(retries.retries() == seen.retries());
    }
    if (command instanceof DeviceCommand.SetApn apn) {
      return Optional.of(
          apn.apn().equals(seen.apn())
              && apn.login().equals(seen.login())
              && apn.password().equals(seen.password()));
    }
    return Optional.empty();
  }

  /**
   * Of a mode: what the first record says that was made after the result. What disproves it is of a
   * later session besides, and later by more than clocks are off.
   *
   * @param open whether the device is to be open
   * @param records of the device
   */
  static Optional<Verdict> of(Done done, boolean open, List<MeterRecord> records) {
    return records.stream()
        .filter(MeterRecord::clockPlausible)
        .filter(r -> !made(r).isBefore(done.at))
        .filter(r -> open(r) == open || disproves(done, r))
        .min(
            Comparator.comparingLong(MeterRecord::moduleTime)
                .thenComparingLong(MeterRecord::recordNumber))
        .map(r -> new Verdict(open(r) == open, r.sessionId()));
  }

  private static boolean disproves(Done done, MeterRecord record) {
    return record.sessionId() > done.session && made(record).isAfter(done.at.plus(CLOCK));
  }

  private static Instant made(MeterRecord record) {
    return Instant.ofEpochSecond(record.moduleTime());
  }

  private static boolean open(MeterRecord record) {
    return (record.status() & OPEN) != 0;
  }
}
