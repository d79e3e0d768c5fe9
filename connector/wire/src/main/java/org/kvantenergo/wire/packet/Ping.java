package org.kvantenergo.wire.packet;

/** PING, empty: is the server there? */
public record Ping() implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x05;

  @Override
  public int type() {
    return TYPE;
  }
}
