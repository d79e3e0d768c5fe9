package org.kvantenergo.wire.packet;

/** What a frame carries, either way. An unknown type is a value too: {@link UnknownPacket}. */
public sealed interface Packet permits Packet.Uplink, Packet.Downlink {

  /** Frame type, u8 (docs/protocol.md, "Uplink frames" and "Downlink frames"). */
  int type();

  /** Sent by a module or base station. */
  sealed interface Uplink extends Packet
      permits Hello, Readings, Info, CommandResult, Ping, Bye, Relay, UnknownPacket {}

  /** Sent by the server. */
  sealed interface Downlink extends Packet permits HelloAck, Ack, Command, Relayed, Reject {}
}
