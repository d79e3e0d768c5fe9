package org.kvantenergo.adapter.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The oracle's bytes against the vectors that come with the protocol. */
class OctetsTest {

  private static final byte[] HELLO =
      HexFormat.of()
          .parseHex(
              "00f890db89be150300c543ce6730000000820205018970101008538006975f0102030405060708");
  private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8};

  private static byte[] key() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return key;
  }

  private static byte[] tagged(int direction, int type, int seq, byte[] payload) {
    byte[] header = Octets.header(Octets.AUTH, type, seq, payload.length);
    byte[] tag = Octets.tag(key(), direction, NONCE, header, payload);
    return Octets.frame(Octets.AUTH, type, seq, payload, tag);
  }

  @Test
  void crcOfTheStandardCheckString() {
    assertThat(Octets.crc("123456789".getBytes(US_ASCII), 9)).isEqualTo(0x4B37);
  }

  @Test
  void framesAreThoseOfTheVectors() {
    assertThat(Octets.hex(Octets.frame(0, 1, 1, HELLO, Octets.NONE)))
        .startsWith("4b56050001010027000" + "0f890db")
        .endsWith("08" + "5b26");
    assertThat(Octets.hex(tagged(Octets.UP, 1, 1, HELLO)))
        .endsWith("08" + "5296a2d008967fb5" + "325f");
    byte[] accepted = HexFormat.of().parseHex("00efff29600000");
    assertThat(Octets.hex(tagged(Octets.DOWN, 0x81, 1, accepted)))
        .isEqualTo("4b560501810100070000efff29600000e29363c7a85a5dab0159");
  }

  @Test
  void structureIsTheGrammars() {
    assertThat(Grammar.wellFormed(Grammar.HELLO, HELLO)).isTrue();
    assertThat(Grammar.wellFormed(Grammar.HELLO, Arrays.copyOf(HELLO, 38))).isFalse();
    assertThat(Grammar.iccid(HELLO, 21)).isEqualTo("8970101008538006975");
  }
}
