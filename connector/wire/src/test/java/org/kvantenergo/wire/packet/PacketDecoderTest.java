package org.kvantenergo.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.wire.Vectors;

class PacketDecoderTest {

  private static final byte[] HELLO = PacketVectorsTest.payload(Vectors.of("frames.txt").get(0));
  private static final byte[] INFO = PacketVectorsTest.payload(Vectors.of("frames.txt").get(8));

  @ParameterizedTest
  @CsvSource({
    "0, 02, unknown kind",
    "1, 0000000000000000, a module without IMEI",
    "1, 0080c6a47e8d0300, IMEI of 10^15",
    "1, ffffffffffffffff, IMEI above 2^63",
    "9, 0000000000000000, serial 0",
    "9, 0080c6a47e8d0300, serial of 10^15",
    "9, 00000000000000ff, serial above 2^63"
  })
  void helloStructure(int at, String hex, String what) {
    assertThatThrownBy(() -> PacketDecoder.uplink(Hello.TYPE, with(HELLO, at, hex)))
        .as(what)
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void greatestIdentityIsTaken() throws MalformedPacketException {
    byte[] payload = with(with(HELLO, 1, "ff7fc6a47e8d0300"), 9, "ff7fc6a47e8d0300");
    Hello hello = (Hello) PacketDecoder.uplink(Hello.TYPE, payload);
    assertThat(hello.imei()).isEqualTo(999_999_999_999_999L);
    assertThat(hello.serial()).isEqualTo(999_999_999_999_999L);
  }

  @ParameterizedTest
  @CsvSource({
    "8970101008538006975f, 8970101008538006975",
    "89701010085380069750, 89701010085380069750",
    "ffffffffffffffffffff, ''",
    "8970101008538006975a, ''",
    "89f01010085380069750, ''",
    "89ffffffffffffffffff, 89"
  })
  void iccid(String hex, String digits) throws MalformedPacketException {
    Hello hello = (Hello) PacketDecoder.uplink(Hello.TYPE, with(HELLO, 21, hex));
    assertThat(hello.iccid()).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65, 255})
  void readingsCount(int count) {
    byte[] payload = new byte[1 + count * 54];
    payload[0] = (byte) count;
    assertThatThrownBy(() -> PacketDecoder.uplink(Readings.TYPE, payload))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("count");
  }

  @ParameterizedTest
  @CsvSource({
    "40, 64 bytes",
    "02c328, not UTF-8",
    "01ff, not UTF-8",
    "0100, U+0000",
    "05, 5 bytes"
  })
  void str(String hex, String message) {
    byte[] apn = HexFormat.of().parseHex(hex);
    byte[] payload = Arrays.copyOf(INFO, 8 + apn.length + (hex.equals("05") ? 0 : 2));
    System.arraycopy(apn, 0, payload, 8, apn.length);
    assertThatThrownBy(() -> PacketDecoder.uplink(Info.TYPE, payload))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining(message);
  }

  @Test
  void emptyPacketsAreEmpty() {
    assertThatThrownBy(() -> PacketDecoder.uplink(Ping.TYPE, new byte[1]))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> PacketDecoder.uplink(Bye.TYPE, new byte[1]))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void aPasswordIsNotPrinted() throws MalformedPacketException {
    Packet info =
        PacketDecoder.uplink(Info.TYPE, PacketVectorsTest.payload(Vectors.of("frames.txt").get(7)));
    assertThat(info.toString()).doesNotContain("mts");
  }

  @Property
  void anyRecordComesBackBitByBit(@ForAll @Size(54) byte[] bytes) throws MalformedPacketException {
    byte[] payload = new byte[55];
    payload[0] = 1;
    System.arraycopy(bytes, 0, payload, 1, 54);
    Readings readings = (Readings) PacketDecoder.uplink(Readings.TYPE, payload);
    assertThat(PacketEncoder.record(readings.records().get(0))).isEqualTo(bytes);
    assertThat(PacketEncoder.payload(readings)).isEqualTo(payload);
  }

  @Property
  void anyPayloadDecodesOrIsMalformed(@ForAll byte type, @ForAll @Size(max = 120) byte[] payload) {
    try {
      Packet packet = PacketDecoder.uplink(type & 0xFF, payload);
      assertThat(packet.type()).isEqualTo(type & 0xFF);
    } catch (MalformedPacketException e) {
      assertThat(e).hasMessageMatching(".+");
    }
  }

  private static byte[] with(byte[] payload, int at, String hex) {
    byte[] changed = payload.clone();
    byte[] patch = HexFormat.of().parseHex(hex);
    System.arraycopy(patch, 0, changed, at, patch.length);
    return changed;
  }
}
