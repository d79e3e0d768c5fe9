package org.kvantenergo.wire.packet;

/**
 * INFO, type 03: the settings in force in a module. Received values are never refused.
 *
 * @param contractDay u8; 1..28 is what a module should send
 * @param contractHour u8; 0..23 is what a module should send
 * @param period exchange period, u16, min
 * @param rssi i8, dBm
 * @param errorCount failed sessions, u16
 * @param retries attempts after a connection error, u8; 0..10 is what a module should send
 * @param apn at most 63 bytes of UTF-8
 * @param login at most 63 bytes of UTF-8
 * @param password at most 63 bytes of UTF-8; a secret: left out of {@link #toString()}
 */
public record Info(
    int contractDay,
    int contractHour,
    int period,
    int rssi,
    int errorCount,
    int retries,
    String apn,
    String login,
    String password)
    implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x03;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public String toString() {
    return "Info[contractDay=%d, contractHour=%d, period=%d, rssi=%d, errorCount=%d, retries=%d]"
        .formatted(contractDay, contractHour, period, rssi, errorCount, retries);
  }
}
