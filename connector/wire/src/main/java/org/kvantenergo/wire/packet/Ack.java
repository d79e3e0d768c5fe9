package org.kvantenergo.wire.packet;

/**
 * ACK, type 82. For READINGS and INFO it is sent only after the data is durable.
 *
 * @param alreadyStored code 1: everything in the frame had been stored before
 * @param pendingCommands commands due and not yet sent in this session, 0..255 (255 = or more)
 */
public record Ack(boolean alreadyStored, int pendingCommands) implements Packet.Downlink {

  /** Frame type. */
  public static final int TYPE = 0x82;

  /** Checks the range of what we send. */
  public Ack {
    if (pendingCommands < 0 || pendingCommands > 255) {
      throw new IllegalArgumentException("pendingCommands out of u8: " + pendingCommands);
    }
  }

  @Override
  public int type() {
    return TYPE;
  }
}
