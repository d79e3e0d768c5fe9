package org.kvantenergo.simulator.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts send and expect, against the test vectors of docs/protocol.md. */
class DialogueVectorsTest {

  private static final byte[] KEY =
      FieldType.bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final byte[] NONCE = FieldType.bytes("0102030405060708");
  private static final String HELLO =
      "hello m imei=868333030969592 serial=207900001221 model=642 firmware=261"
          + " iccid=8970101008538006975 nonce=0102030405060708";
  private static final String RECORD =
      "record number=1312 time=2021-02-15T05:00:30Z meter=1613365200 reading=0.2479413"
          + " resource=0.0778 temperature=16.031703 battery=3.6185327 status=4097 rssi=-85 band=0"
          + " period=60 sessions=1312 sessions_day=21";

  private final Stage stage = new Stage(0, Surroundings.Limits.ofProtocol());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1|hello|4b560500010100270000f890db89be150300c543ce6730000000820205018970101008538006975f01020304050607085b26
          2|readings RECORD|4b56050002020037000120050000eeff2960d0ff2960e3f2695f8abccf3f9b559f3dee4080410a966740000000000000000000000110ab003c00200500001500e151
          4|info rssi=-85 apn=internet.mts.ru login=mts password=mts|4b560500030400200001003c00ab0000030f696e7465726e65742e6d74732e7275036d7473036d74734dcd
          5|info rssi=-83 apn="" login="" password=""|4b5605000305000b0001003c00ad00000300000020ed
          6|result id=77 result=1|4b56050004060005004d00000001f76b
          7|ping|4b56050005070000005561
          8|bye|4b56050006080000001275
          9|relay b readings RECORD|4b56050010090040000f66ce6730000000020120050000eeff2960d0ff2960e3f2695f8abccf3f9b559f3dee4080410a966740000000000000000000000110ab003c0020050000150037ed
          """)
  void builds(int seq, String words, String hex) {
    String line = words.replace("hello", HELLO).replace("RECORD", RECORD);
    RawFrame frame = frame(seq, line);
    assertThat(Player.hex(whole(frame))).isEqualTo(hex);
  }

  @Test
  void signsBothDirections() {
    assertThat(Player.hex(whole(frame(1, HELLO).signed(KEY, RawFrame.UP, NONCE))))
        .isEqualTo(
            "4b560501010100270000f890db89be150300c543ce6730000000820205018970101008538006975f0"
                + "1020304050607085296a2d008967fb5325f");
    RawFrame down =
        RawFrame.parse(FieldType.bytes("4b560501810100070000efff29600000e29363c7a85a5dab0159"));
    assertThat(down.tag(KEY, RawFrame.DOWN, NONCE)).isEqualTo(down.tag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello_ack time=1613365231|4b560500810100070000efff29600000ccb4
          hello_ack result=4 retry=120|4b560500810100070004efff29607800ab74
          ack pending=2|4b56050082020002000002899c
          ack code=1|4b56050082030002000100081c
          reject code=7|4b560500ff030001000754a7
          reject code=5|4b560500ff0100010005aca6
          command schedule id=77 day=1 hour=0 period=1440|4b56050084010009004d000000010100a0054f00
          command technological id=78|4b56050084020005004e000000030782
          relay b ack|4b5605009009000b000f66ce67300000008200006133
          relay b command metrological id=79|4b5605009003000e000f66ce6730000000844f0000000271ce
          """)
  void understands(String words, String hex) {
    byte[] payload = RawFrame.parse(FieldType.bytes(hex)).payload();
    new PayloadReader(stage).check(expected(words), payload);
    byte[] other = payload.clone();
    other[other.length - 1] ^= 1;
    assertThat(differs(words, other)).as("the last byte counts in %s", words).isTrue();
    assertThat(differs(words, RawFrame.joined(payload, new byte[1]))).isTrue();
  }

  private boolean differs(String words, byte[] payload) {
    try {
      new PayloadReader(stage).check(expected(words), payload);
      return false;
    } catch (ScriptException e) {
      return true;
    }
  }

  @Test
  void crcOfTheNineDigits() {
    assertThat(RawFrame.crc(FieldType.bytes("313233343536373839"))).isEqualTo(0x4B37);
  }

  @Test
  void givesTheProtocolsLimits() {
    assertThat(stage.fill("$hello $idle $station_idle $stall"))
        .isEqualTo("10000ms 60000ms 600000ms 10000ms");
    assertThat(Times.duration("10000ms")).isEqualTo(Duration.ofSeconds(10));
  }

  private static byte[] whole(RawFrame frame) {
    byte[] body = frame.body(frame.header());
    return RawFrame.joined(body, FieldType.U16.encode(RawFrame.crc(body) + "", 0));
  }

  private RawFrame frame(int seq, String line) {
    devices();
    PayloadWriter writer = new PayloadWriter(stage);
    Message message = new MessageParser(new Words(line), Set.of("m", "b")).up();
    byte[] payload = writer.payload(message, Map.of());
    return new RawFrame(5, 0, writer.type(message), seq, payload, new byte[0]);
  }

  private Message expected(String line) {
    devices();
    return new MessageParser(new Words(line), Set.of("b")).down();
  }

  private void devices() {

    stage.device(
        "m",
        new Device(Surroundings.Kind.MODULE, new Surroundings.Identity(1, 0, 0), last -> last + 1));
    stage.device(
        "b",
        new Device(
            Surroundings.Kind.BLOCK,
            new Surroundings.Identity(2, 0, 207900009999L),
            last -> last + 1));
  }
}
