package org.kvantenergo.simulator.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a failing script says, against a peer that answers whatever comes with fixed bytes. */
class PlayerTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_613_365_231), ZoneOffset.UTC);

  @Test
  void aRightAnswerPassesAndIsLogged() throws Exception {
    List<String> log = new ArrayList<>();
    CompletableFuture<byte[]> heard =
        play("connect\n> ping\n< ack\n< closed", frame(1, "0000"), log);
    assertThat(Player.hex(heard.get(10, TimeUnit.SECONDS))).isEqualTo("4b560500050100000055e9");
    assertThat(log.subList(0, 5))
        .containsExactly(
            "connect",
            "> ping",
            "    sent 4b560500050100000055e9",
            "< ack",
            "    ack code=0 pending=0 seq=1 = " + frame(1, "0000"));
  }

  @Test
  void aWrongFieldIsNamedWithWhatCame() {
    assertThatThrownBy(
            () -> play("connect\n\n> ping\n< ack code=1", frame(1, "0002"), new ArrayList<>()))
        .isInstanceOf(ScriptException.class)
        .hasMessage(
            "t.dialogue:4: < ack code=1\n  code is 0, not 1\n  came: ack code=0 pending=2 seq=1 = "
                + frame(1, "0002"));
  }

  @Test
  void aWrongSeqIsNamed() {
    assertThatThrownBy(() -> play("connect\n> ping\n< ack", frame(2, "0000"), new ArrayList<>()))
        .hasMessageContaining("t.dialogue:3: < ack\n  seq is 2, not 1\n");
  }

  @Test
  void anotherPacketIsNamedWithItsType() {
    assertThatThrownBy(
            () -> play("connect\n> ping\n< hello_ack", frame(1, "0000"), new ArrayList<>()))
        .hasMessageContaining("  ack 82 came, hello_ack 81 expected\n");
  }

  @Test
  void aTagThatNobodyExpectsIsNamed() {
    String tagged = "4b56050182010002000000" + "00".repeat(8);
    byte[] body = FieldType.bytes(tagged);
    String crc = Player.hex(FieldType.U16.encode("" + RawFrame.crc(body), 0));
    assertThatThrownBy(() -> play("connect\n> ping\n< ack", tagged + crc, new ArrayList<>()))
        .hasMessageContaining("  a tag came, none was expected");
  }

  @Test
  void aDeviceThatIsNotThereIsAskedFor() {
    assertThatThrownBy(() -> play("given m is module", "", new ArrayList<>()))
        .hasMessage(
            "t.dialogue:1: given m is module\n"
                + "  no module is left that the server knows; name one more with --module IMEI:SERIAL");
  }

  @Test
  void theCounterOfASessionIsThatOfTheSurroundings() {
    PrimitiveIterator.OfLong counters = LongStream.of(0x1234, 0x1235, 0x1236).iterator();
    Device device =
        new Device(
            Surroundings.Kind.MODULE,
            new Surroundings.Identity(0, 1, 1),
            last -> counters.nextLong());
    device.key(new byte[RawFrame.KEY]);
    assertThat(Player.hex(device.nonce(null))).startsWith("34120000");
    assertThat(Player.hex(device.nonce(null))).startsWith("35120000");
    assertThat(Player.hex(device.nonce("7"))).startsWith("07000000");
  }

  @Test
  void aDamagedFrameIsShown() {
    String damaged = frame(1, "0000").replaceFirst(".$", "0");
    assertThatThrownBy(() -> play("connect\n> ping\n< ack", damaged, new ArrayList<>()))
        .hasMessageContaining("its CRC is");
  }

  @Test
  void aClosedConnectionIsNoAnswerAndAnAnswerIsNoSilence() {
    assertThatThrownBy(() -> play("connect\n> ping\n< ack", "", new ArrayList<>()))
        .hasMessage("t.dialogue:3: < ack\n  instead the server closed (closed)");
    assertThatThrownBy(
            () -> play("connect\n> ping\n< quiet 10s", frame(1, "0000"), new ArrayList<>()))
        .hasMessageContaining("  instead came ack code=0 pending=0 seq=1 = ");
  }

  @Test
  void closingTooEarlyIsNamed() {
    assertThatThrownBy(() -> play("connect\n> ping\n< closed after 1d", "", new ArrayList<>()))
        .hasMessageContaining("  closed already after ");
  }

  private static String frame(int seq, String payload) {
    RawFrame frame = new RawFrame(5, 0, 0x82, seq, FieldType.bytes(payload), new byte[0]);
    byte[] body = frame.body(frame.header());
    return Player.hex(
        RawFrame.joined(body, FieldType.U16.encode(Integer.toString(RawFrame.crc(body)), 0)));
  }

  /** Plays against a peer that reads a PING, answers with these bytes and closes. */
  private static CompletableFuture<byte[]> play(String script, String answer, List<String> log)
      throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<byte[]> heard =
          CompletableFuture.supplyAsync(() -> answerOne(door, FieldType.bytes(answer)));
      Target target = new Target("127.0.0.1", door.getLocalPort(), 0, Duration.ofSeconds(20));
      new Player(target, new OwnDevices(List.of(), List.of(), List.of(), () -> 7), CLOCK, log::add)
          .play(Script.parse("t.dialogue", script));
      return heard;
    }
  }

  private static byte[] answerOne(ServerSocket door, byte[] answer) {
    try (Socket peer = door.accept()) {
      InputStream in = peer.getInputStream();
      byte[] heard = in.readNBytes(RawFrame.HEADER + RawFrame.CRC);
      peer.getOutputStream().write(answer);
      return heard;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
