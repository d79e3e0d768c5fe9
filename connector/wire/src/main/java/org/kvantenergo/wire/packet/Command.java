package org.kvantenergo.wire.packet;

/**
 * COMMAND, type 84. What the arguments mean is for {@code wire.command}. They may hold an APN
 * password and are left out of {@link #toString()}; the array belongs to the packet and must not be
 * changed.
 *
 * @param commandId u32, used once for ever
 * @param code u8
 * @param arguments 0..4091 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // one packet is never compared with another
public record Command(long commandId, int code, byte[] arguments) implements Packet.Downlink {

  /** Frame type. */
  public static final int TYPE = 0x84;

  /** Checks the ranges of what we send. */
  public Command {
    if (commandId < 1 || commandId > 0xFFFF_FFFFL || code < 0 || code > 0xFF) {
      throw new IllegalArgumentException("command %d, code %d".formatted(commandId, code));
    }
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public String toString() {
    return "Command[commandId=%d, code=%d]".formatted(commandId, code);
  }
}
