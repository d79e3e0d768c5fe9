package org.kvantenergo.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kvantenergo.wire.Vectors;

/** The packets of the vector files, value by value. Frames are cut here: 9 header, 2 CRC bytes. */
class PacketVectorsTest {

  private static final Reading FIRST =
      new Reading(
          1312,
          1613365230L,
          1613365200L,
          0.2479413,
          0.0778f,
          16.031703f,
          3.6185327f,
          0,
          0,
          0,
          0,
          0,
          4097,
          -85,
          0,
          60,
          1312,
          21);
  private static final Reading SECOND =
      new Reading(
          1384,
          1613371551L,
          1613368800L,
          0.0001,
          0.0789f,
          21.424f,
          3.588028f,
          16,
          0,
          0,
          0,
          0,
          5121,
          -75,
          0,
          60,
          1384,
          23);
  private static final Hello HELLO =
      new Hello(
          DeviceKind.MODULE,
          868333030969592L,
          207900001221L,
          642,
          261,
          "8970101008538006975",
          0x0807060504030201L);

  private static final Map<Integer, Packet> EXPECTED =
      Map.ofEntries(
          Map.entry(0, HELLO),
          Map.entry(2, new HelloAck(HelloAck.Result.ACCEPTED, 1613365231L, 0)),
          Map.entry(4, new Readings(List.of(FIRST))),
          Map.entry(5, new Readings(List.of(FIRST, SECOND))),
          Map.entry(6, new Ack(false, 2)),
          Map.entry(7, new Info(1, 0, 60, -85, 0, 3, "internet.mts.ru", "mts", "mts")),
          Map.entry(8, new Info(1, 0, 60, -83, 0, 3, "", "", "")),
          Map.entry(11, new CommandResult(77, 1)),
          Map.entry(12, new Ping()),
          Map.entry(13, new Bye()),
          Map.entry(15, new Relayed(207900009999L, new Ack(false, 0))),
          Map.entry(17, new Reject(Reject.Reason.BAD_CRC)));

  @Test
  void recordedFramesDecodeAndEncodeAgain() throws MalformedPacketException {
    List<Vectors> vectors = Vectors.of("frames.txt");
    for (Map.Entry<Integer, Packet> entry : EXPECTED.entrySet()) {
      Vectors vector = vectors.get(entry.getKey());
      Packet packet = decode(vector);
      assertThat(packet).as(vector.name()).isEqualTo(entry.getValue());
      assertThat(PacketEncoder.payload(packet)).as(vector.name()).isEqualTo(payload(vector));
    }
  }

  @Test
  void commandsAndRelaysDecodeAndEncodeAgain() throws MalformedPacketException {
    List<Vectors> vectors = Vectors.of("frames.txt");
    assertThat(decode(vectors.get(9)))
        .usingRecursiveComparison()
        .isEqualTo(new Command(77, 1, new byte[] {1, 0, (byte) 0xA0, 5}));
    assertThat(decode(vectors.get(10)))
        .usingRecursiveComparison()
        .isEqualTo(new Command(78, 3, new byte[0]));
    assertThat(decode(vectors.get(16)))
        .usingRecursiveComparison()
        .isEqualTo(new Relayed(207900009999L, new Command(79, 2, new byte[0])));
    Relay relay = (Relay) decode(vectors.get(14));
    assertThat(relay.serial()).isEqualTo(207900009999L);
    assertThat(PacketDecoder.relayed(relay)).isEqualTo(new Readings(List.of(FIRST)));
    for (int i : new int[] {9, 10, 14, 15, 16}) {
      assertThat(PacketEncoder.payload(decode(vectors.get(i)))).isEqualTo(payload(vectors.get(i)));
    }
  }

  @Test
  void whatThisVersionDoesNotKnowIsAValue() throws MalformedPacketException {
    assertThat(PacketDecoder.uplink(0x07, new byte[3])).isEqualTo(new UnknownPacket(0x07));
    assertThat(PacketDecoder.relayed(new Relay(1, Hello.TYPE, new byte[39])))
        .isEqualTo(new UnknownPacket(Hello.TYPE));
    assertThat(PacketDecoder.relayed(new Relay(1, Relay.TYPE, new byte[9])))
        .isEqualTo(new UnknownPacket(Relay.TYPE));
  }

  @Test
  void aRelayIsJudgedApartFromWhatItCarries() throws MalformedPacketException {
    byte[] head = payload(Vectors.of("frames.txt").get(14));
    for (int length = 0; length < 9; length++) {
      byte[] cut = Arrays.copyOf(head, length);
      assertThatThrownBy(() -> PacketDecoder.uplink(Relay.TYPE, cut))
          .isInstanceOf(MalformedPacketException.class);
    }
    Relay relay = (Relay) PacketDecoder.uplink(Relay.TYPE, Arrays.copyOf(head, 9));
    assertThatThrownBy(() -> PacketDecoder.relayed(relay))
        .isInstanceOf(MalformedPacketException.class);
    byte[] noSerial = new byte[9];
    assertThatThrownBy(() -> PacketDecoder.uplink(Relay.TYPE, noSerial))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void everyTruncationIsMalformed() {
    for (Vectors vector : Vectors.of("frames.txt")) {
      int type = vector.bytes()[4] & 0xFF;
      if (type != Hello.TYPE
          && type != Readings.TYPE
          && type != Info.TYPE
          && type != CommandResult.TYPE) {
        continue;
      }
      byte[] payload = payload(vector);
      for (int length = 0; length < payload.length; length++) {
        byte[] cut = Arrays.copyOf(payload, length);
        assertThatThrownBy(() -> PacketDecoder.uplink(type, cut))
            .as("%s cut to %d", vector.name(), length)
            .isInstanceOf(MalformedPacketException.class);
      }
      assertThatThrownBy(
              () -> PacketDecoder.uplink(type, Arrays.copyOf(payload, payload.length + 1)))
          .as("%s with a byte left over", vector.name())
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @Test
  void oddValuesOfOurOwnVectorsAreValues() throws MalformedPacketException {
    List<Vectors> own = Vectors.of("own.txt");
    assertThat(((Hello) decode(own.get(0))).iccid()).isEmpty();
    assertThat(((Hello) decode(own.get(1))).iccid()).isEmpty();
    assertThat(decode(own.get(2)))
        .isEqualTo(
            new Hello(
                DeviceKind.BASE_STATION, 0, 207900009001L, 900, 261, "", 0x0807060504030201L));
    Reading odd = ((Readings) decode(own.get(3))).records().get(0);
    assertThat(Double.doubleToRawLongBits(odd.reading())).isEqualTo(0x7FF80000DEADBEEFL);
    assertThat(Float.floatToRawIntBits(odd.resource())).isEqualTo(0xFFC00001);
    assertThat(odd.temperature()).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Float.floatToRawIntBits(odd.battery())).isEqualTo(0x80000000);
    assertThat(odd.moduleTime()).isEqualTo(0xFFFFFFFFL);
    assertThat(odd.recordNumber()).isEqualTo(0xFFFFFFFFL);
    assertThat(odd.rssi()).isEqualTo(-128);
    assertThat(PacketEncoder.payload(decode(own.get(3)))).isEqualTo(payload(own.get(3)));
    assertThat(((Readings) decode(own.get(4))).records()).hasSize(64);
    assertThat(decode(own.get(5)))
        .isEqualTo(new Info(31, 255, 0, 127, 65535, 255, "тест", "", "п".repeat(31)));
    assertThat(decode(own.get(6))).isEqualTo(new HelloAck(HelloAck.Result.BUSY, 0xFFFFFFFFL, 300));
    assertThat(decode(own.get(7))).isEqualTo(new Ack(true, 255));
    assertThat(decode(own.get(8))).isEqualTo(new Reject(Reject.Reason.UNSUPPORTED_VERSION));
  }

  static byte[] payload(Vectors vector) {
    boolean tag = (vector.bytes()[3] & 1) != 0;
    return Arrays.copyOfRange(vector.bytes(), 9, vector.bytes().length - 2 - (tag ? 8 : 0));
  }

  private static Packet decode(Vectors vector) throws MalformedPacketException {
    int type = vector.bytes()[4] & 0xFF;
    return type >= 0x80
        ? PacketDecoder.downlink(type, payload(vector))
        : PacketDecoder.uplink(type, payload(vector));
  }
}
