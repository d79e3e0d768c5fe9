package org.kvantenergo.wire.packet;

/** BYE, empty: the server closes without an answer. */
public record Bye() implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x06;

  @Override
  public int type() {
    return TYPE;
  }
}
