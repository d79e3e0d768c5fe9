package org.kvantenergo.device;

import java.time.Instant;
import org.kvantenergo.shared.DeviceId;

/**
 * A row of the upper table: registry and current state of one device.
 *
 * @param id «idx»
 * @param imei 15 digits as a number; 0 = none
 * @param serial 1..10^15-1
 * @param kind what it is
 * @param state registered or not
 * @param group name of its group, empty if none
 * @param comment the operator's note, empty if none
 * @param iccid digits of the SIM in the newest session, empty if not known
 * @param protocol protocol version of the newest session, 0 if there was none
 * @param model u16 of the newest session, else of the registry
 * @param commissionedAt when it was put into service, null if not known
 * @param daysInService whole days from commissioning to the last contact, null if either is unknown
 * @param contact what the newest record with a plausible clock said, null if there is none
 * @param reading the newest valid reading, m³, null if there is none
 * @param readingFell whether that reading is smaller than the valid one before it
 * @param swap for a device that is not registered: who is, under a part of its identity; null if
 *     nobody is
 */
public record DeviceRow(
    DeviceId id,
    long imei,
    long serial,
    Kind kind,
    State state,
    String group,
    String comment,
    String iccid,
    int protocol,
    int model,
    Instant commissionedAt,
    Long daysInService,
    Contact contact,
    Double reading,
    boolean readingFell,
    Swap swap) {

  /**
   * A device that is not registered says that it is, in part, one that is: a SIM or a board was put
   * into another module, or somebody lies.
   *
   * @param imei who is registered under its IMEI; null if nobody is
   * @param serial who is registered under its serial number; null if nobody is
   */
  public record Swap(Holder imei, Holder serial) {}

  /**
   * A registered device.
   *
   * @param kind what it is
   * @param imei 0 = none, or another owner's device, which the viewer does not see
   * @param serial 0 = another owner's device, which the viewer does not see
   */
  public record Holder(Kind kind, long imei, long serial) {}

  /**
   * Whether it claims one registered device in every part: it is kept apart because it sent a tag
   * that the server holds no key for.
   */
  public boolean unchecked() {
    Holder holder = swap == null ? null : swap.serial;
    return holder != null
        && holder.kind == kind
        && holder.serial == serial
        && (holder.imei == imei || (kind == Kind.BASE_STATION && (imei == 0 || holder.imei == 0)));
  }

  /** What a device is. Stored by name. */
  public enum Kind {
    /** A telemetry module. */
    MODULE,
    /** A base station. */
    BASE_STATION,
    /** A telemetry block behind a base station. */
    BLOCK
  }

  /** Whether a device is known. Stored by name. */
  public enum State {
    /** Owned by an organisation. */
    REGISTERED,
    /** Reports, but nobody registered it; its data is kept apart. */
    UNREGISTERED,
    /** Registered, and refused with HELLO_ACK 2. */
    BLOCKED,
    /** Another device stands in its place: it keeps owner and archive, and is nobody's identity. */
    RETIRED
  }

  /**
   * What the newest record said.
   *
   * @param receivedAt when the server received it
   * @param moduleTime module's clock
   * @param meterTime meter's clock
   * @param resource %, may be NaN or infinite
   * @param temperature °C, may be NaN or infinite
   * @param battery V, may be NaN or infinite
   * @param errors the five masks
   * @param status status word, u16
   * @param rssi dBm
   * @param band 0 = not known
   * @param periodMinutes exchange period
   * @param sessionsTotal since commissioning
   * @param sessionsDay in the past day
   */
  public record Contact(
      Instant receivedAt,
      Instant moduleTime,
      Instant meterTime,
      float resource,
      float temperature,
      float battery,
      ErrorMasks errors,
      int status,
      int rssi,
      int band,
      int periodMinutes,
      long sessionsTotal,
      int sessionsDay) {}
}
