package org.kvantenergo.setaside;

import java.time.Instant;
import java.util.List;

/** What a frame that was set aside says. */
public sealed interface FrameContent {

  /**
   * READINGS.
   *
   * @param records in their order in the frame, 1..64
   */
  record OfReadings(List<Entry> records) implements FrameContent {

    /** Takes its own copy of the list. */
    public OfReadings {
      records = List.copyOf(records);
    }
  }

  /**
   * A record.
   *
   * @param recordNumber the module's own counter
   * @param moduleTime module's clock
   * @param meterTime meter's clock
   * @param reading m³, any bit pattern
   * @param resource %, any bit pattern
   * @param temperature °C, any bit pattern
   * @param battery V, any bit pattern
   * @param status status word, u16
   */
  record Entry(
      long recordNumber,
      Instant moduleTime,
      Instant meterTime,
      double reading,
      float resource,
      float temperature,
      float battery,
      int status) {}

  /**
   * INFO; its login and password are left out.
   *
   * @param contractDay u8
   * @param contractHour u8
   * @param periodMinutes exchange period
   * @param rssi dBm
   * @param errorCount failed sessions
   * @param retries attempts after a connection error
   * @param apn empty if none
   */
  record OfInfo(
      int contractDay,
      int contractHour,
      int periodMinutes,
      int rssi,
      int errorCount,
      int retries,
      String apn)
      implements FrameContent {}

  /**
   * COMMAND_RESULT.
   *
   * @param commandId u32
   * @param code u8
   */
  record OfResult(long commandId, int code) implements FrameContent {}
}
