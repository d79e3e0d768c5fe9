package org.kvantenergo.wire.packet;

/**
 * A frame of a type that this server does not know; answered REJECT 2.
 *
 * @param type u8 as received
 */
public record UnknownPacket(int type) implements Packet.Uplink {}
