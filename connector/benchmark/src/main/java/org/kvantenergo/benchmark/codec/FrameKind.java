package org.kvantenergo.benchmark.codec;

import java.util.stream.IntStream;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** The frames that are measured. */
@SuppressWarnings("ImmutableEnumChecker") // packets are records, and none here holds an array
public enum FrameKind {
  HELLO(
      new Hello(
          DeviceKind.MODULE,
          350_000_000_000_006L,
          300_000_000_001L,
          1,
          0x0203,
          "89701990000000000001",
          0x0102_0304_0506_0708L),
      false),
  INFO(new Info(1, 0, 60, -77, 2, 3, "internet.operator.example", "module", "secret"), false),
  READINGS_1(readings(1), false),
  READINGS_64(readings(64), false),
  ACK(new Ack(false, 0), false),
  TAGGED_READINGS_1(readings(1), true),
  TAGGED_ACK(new Ack(false, 0), true);

  static final int SEQ = 7;

  private final Packet packet;
  private final boolean tagged;

  FrameKind(Packet packet, boolean tagged) {
    this.packet = packet;
    this.tagged = tagged;
  }

  /** What the frame carries. */
  Packet packet() {
    return packet;
  }

  /** Whether the frame carries a tag, which is made or checked, too. */
  boolean tagged() {
    return tagged;
  }

  FrameKey.Direction direction() {
    return packet instanceof Packet.Uplink ? FrameKey.Direction.UP : FrameKey.Direction.DOWN;
  }

  /** The key of the measured session: any 32 bytes. */
  static FrameKey key() {
    return new FrameKey(new byte[FrameKey.LENGTH], 0x0102_0304_0506_0708L);
  }

  /** The bytes of the frame. */
  byte[] encoded(FrameKey key) {
    byte[] payload = PacketEncoder.payload(packet);
    return tagged
        ? key.encode(direction(), packet.type(), SEQ, payload)
        : FrameEncoder.encode(packet.type(), SEQ, payload);
  }

  /** Of the frame, bytes. */
  public int length() {
    return encoded(key()).length;
  }

  private static Readings readings(int count) {
    return new Readings(IntStream.range(0, count).mapToObj(FrameKind::reading).toList());
  }

  private static Reading reading(int i) {
    long time = 1_795_000_000L + 3600L * i;
    return new Reading(
        1000 + i,
        time,
        time - 2,
        123.4567891 + i * 0.0123,
        12.3456f,
        18.25f + i,
        3.61f,
        0,
        0,
        0,
        0,
        0,
        4097,
        -77,
        0,
        60,
        1000 + i,
        24);
  }
}
