package org.kvantenergo.wire.packet;

/**
 * RELAY, type 90: what a base station is to pass on to a telemetry block.
 *
 * @param serial of the block, 1..10^15-1
 * @param inner ACK, REJECT or COMMAND
 */
public record Relayed(long serial, Packet.Downlink inner) implements Packet.Downlink {

  /** Frame type. */
  public static final int TYPE = 0x90;

  /** Nothing else travels to a block. */
  public Relayed {
    if (inner instanceof Relayed || inner instanceof HelloAck) {
      throw new IllegalArgumentException("a block is sent no " + inner);
    }
  }

  @Override
  public int type() {
    return TYPE;
  }
}
