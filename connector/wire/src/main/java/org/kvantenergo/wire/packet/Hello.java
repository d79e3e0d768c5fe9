package org.kvantenergo.wire.packet;

/**
 * HELLO, type 01: who opens the session.
 *
 * @param kind module or base station
 * @param imei 15 decimal digits as a number, 0..10^15-1; 0 = none, base station only
 * @param serial 1..10^15-1
 * @param model u16
 * @param firmware u16
 * @param iccid 1..20 decimal digits; empty = no SIM, or what was sent is not BCD
 * @param nonce 8 bytes as a number, byte 0 the least significant: the low 32 bits are the session
 *     counter where the device has a key
 */
public record Hello(
    DeviceKind kind, long imei, long serial, int model, int firmware, String iccid, long nonce)
    implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x01;

  @Override
  public int type() {
    return TYPE;
  }
}
