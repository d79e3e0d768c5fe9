package org.kvantenergo.shared;

import java.time.Instant;

/**
 * One record of a device as it was received, with where it came from. Values are as sent: any bit
 * pattern is possible.
 *
 * @param device whose
 * @param sessionId the session that brought it
 * @param place where in which batch it came; null for what an earlier version stored
 * @param receivedAt when its frame was whole
 * @param digest first 8 bytes of SHA-256 over the 54 bytes, big-endian
 * @param bytes the 54 bytes, only where the values cannot give them back; else null
 * @param recordNumber u32
 * @param moduleTime module's clock, s since 1970
 * @param meterTime meter's clock, s since 1970
 * @param reading m³
 * @param resource %
 * @param temperature °C
 * @param battery V
 * @param measurementErrors mask, u16
 * @param temperatureErrors mask, u16
 * @param controlErrors mask, u16
 * @param calibrationErrors mask, u16
 * @param hardwareErrors mask, u16
 * @param status word, u16
 * @param rssi dBm
 * @param band u8
 * @param periodMinutes u16
 * @param sessionsTotal u32
 * @param sessionsDay u16
 */
@SuppressWarnings("ArrayRecordComponent") // records are told apart by their digest, never compared
public record MeterRecord(
    DeviceId device,
    long sessionId,
    Place place,
    Instant receivedAt,
    long digest,
    byte[] bytes,
    long recordNumber,
    long moduleTime,
    long meterTime,
    double reading,
    float resource,
    float temperature,
    float battery,
    int measurementErrors,
    int temperatureErrors,
    int controlErrors,
    int calibrationErrors,
    int hardwareErrors,
    int status,
    int rssi,
    int band,
    int periodMinutes,
    long sessionsTotal,
    int sessionsDay) {

  /** Clocks before 2015-01-01T00:00:00Z are wrong: there were no such modules. */
  public static final long EARLIEST = 1_420_070_400L;

  /** How far a module's clock may be ahead of ours, s. */
  public static final long MAX_AHEAD = 300;

  private static final int VALID = 1;

  /**
   * The way back from a record to the frame that brought it.
   *
   * @param batchId packets that were stored by one commit
   * @param frame place of the frame in the batch, from 0
   * @param position place of the record in the frame, 0..63
   * @param records in the frame, 1..64; 0 = not known
   */
  public record Place(long batchId, int frame, int position, int records) {}

  /** Whether the module's clock can be right. */
  public boolean clockPlausible() {
    return moduleTime >= EARLIEST && moduleTime <= receivedAt.getEpochSecond() + MAX_AHEAD;
  }

  /** Whether the module calls the reading valid (status bit 0). */
  public boolean readingClaimed() {
    return (status & VALID) != 0;
  }

  /** Whether the reading can be a total: called valid, finite and not negative. */
  public boolean readingUsable() {
    return readingClaimed() && Double.isFinite(reading) && reading >= 0;
  }

  /** Whether this record is newer than another of the same device, by what the module says. */
  public boolean newerThan(MeterRecord other) {
    return moduleTime != other.moduleTime
        ? moduleTime > other.moduleTime
        : recordNumber > other.recordNumber;
  }
}
