package org.kvantenergo.command;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.kvantenergo.shared.DeviceId;

/**
 * The queue as the sessions see it: in the transaction that stores their packets. A session may
 * take commands only while it is the newest of its device, whose state row that transaction has
 * locked.
 */
public interface CommandLeases {

  /**
   * A device that can be sent a command now.
   *
   * @param device whose commands
   * @param sessionId in which they would go out
   */
  record Taker(DeviceId device, long sessionId) {}

  /**
   * What a device has waiting.
   *
   * @param device whose
   * @param due how many commands may still be sent in this session, the leased one included
   * @param leased the one to send now; null while another is unanswered or none is due
   */
  record Due(DeviceId device, int due, Leased leased) {}

  /**
   * A command that was leased to a session.
   *
   * @param device whose
   * @param serial of the device
   * @param commandId u32
   * @param code u8
   * @param arguments as they go out; may hold a password
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Leased(DeviceId device, long serial, long commandId, int code, byte[] arguments) {

    @Override
    public String toString() {
      return "Leased[device=%d, commandId=%d, code=%d]".formatted(device.value(), commandId, code);
    }
  }

  /**
   * A result that came in.
   *
   * @param device from whom
   * @param commandId u32
   * @param code u8
   * @param sessionId in which it came
   * @param at when
   */
  record Result(DeviceId device, long commandId, int code, long sessionId, Instant at) {}

  /**
   * Stores results; the first of a command counts.
   *
   * @return places of those that were stored before
   */
  BitSet results(List<Result> results);

  /**
   * Counts what is due and leases at most one command a device.
   *
   * @return only devices that have something waiting
   */
  Map<DeviceId, Due> due(List<Taker> takers);

  /**
   * Leases at most one command to each block of a base station, and at most 255 in all.
   *
   * @param station the base station that asks
   * @param sessionId its session, the newest
   */
  List<Leased> dueForBlocks(DeviceId station, long sessionId);

  /** Notes that commands were written to their connections: each is an attempt. */
  void sent(Map<Long, Instant> commandIds);
}
