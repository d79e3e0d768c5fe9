package org.kvantenergo.wire.packet;

/**
 * RELAY, type 10: what a base station passes on for a telemetry block. The inner payload is judged
 * by itself ({@link PacketDecoder#relayed}), because its faults are not the station's. The array
 * belongs to the packet and must not be changed.
 *
 * @param serial of the block, 1..10^15-1
 * @param innerType u8
 * @param innerPayload 0..4087 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // one packet is never compared with another
public record Relay(long serial, int innerType, byte[] innerPayload) implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x10;

  @Override
  public int type() {
    return TYPE;
  }
}
