package org.kvantenergo.wire.packet;

/**
 * COMMAND_RESULT, type 04: what became of a command.
 *
 * @param commandId u32, as the COMMAND said
 * @param code u8: 0 done, 1 locked (metrological mode), 2 unsupported, 3 bad argument, 4 failed;
 *     others are kept as they came
 */
public record CommandResult(long commandId, int code) implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x04;

  @Override
  public int type() {
    return TYPE;
  }
}
