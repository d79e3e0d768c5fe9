package org.kvantenergo.wire.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameParserTest {

  @Test
  void crcOfTheStandardCheckString() {
    assertThat(Crc16.of(ByteBuffer.wrap("123456789".getBytes(US_ASCII)), 0, 9)).isEqualTo(0x4B37);
  }

  @Test
  void oneWrongMagicByteIsEnough() {
    assertThat(FrameParser.parse(bytes(0x00))).isInstanceOf(FrameParse.Foreign.class);
    assertThat(FrameParser.parse(bytes(0x4B))).isEqualTo(new FrameParse.Incomplete(8));
    assertThat(FrameParser.parse(bytes(0x4B, 0x57))).isInstanceOf(FrameParse.Foreign.class);
  }

  @Test
  void versionIsCheckedBeforeLength() {
    assertThat(FrameParser.parse(bytes(0x4B, 0x56, 6, 0, 1, 7, 0, 0xFF, 0xFF)))
        .isEqualTo(new FrameParse.UnsupportedVersion(7));
  }

  @Test
  void lengthIsCheckedWithTheHeaderAlone() {
    assertThat(FrameParser.parse(bytes(0x4B, 0x56, 5, 0, 1, 7, 1, 0x01, 0x10)))
        .isEqualTo(new FrameParse.TooLong(263));
    assertThat(FrameParser.parse(bytes(0x4B, 0x56, 5, 0, 1, 7, 1, 0x00, 0x10)))
        .isEqualTo(new FrameParse.Incomplete(4098));
  }

  @Test
  void aWrongCrcConsumesItsFrameOnly() {
    byte[] good = FrameEncoder.encode(5, 9, new byte[0]);
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    ByteBuffer in = ByteBuffer.allocate(22).put(bad).put(good).flip();

    assertThat(FrameParser.parse(in)).isEqualTo(new FrameParse.BadCrc(9));
    assertThat(FrameParser.parse(in)).isInstanceOf(FrameParse.Whole.class);
  }

  @Test
  void theBuffersByteOrderDoesNotMatter() {
    byte[] frame = FrameEncoder.encode(5, 0x1234, new byte[300]);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      FrameParse parse = FrameParser.parse(ByteBuffer.wrap(frame).order(order));
      assertThat(((FrameParse.Whole) parse).frame().seq()).isEqualTo(0x1234);
      assertThat(((FrameParse.Whole) parse).frame().payload()).hasSize(300);
    }
  }

  @Test
  void theEncoderRefusesWhatNobodyMaySend() {
    assertThatThrownBy(() -> FrameEncoder.encode(5, 1, new byte[4097]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FrameEncoder.encode(256, 1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FrameEncoder.encode(5, 65536, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> FrameEncoder.encode(new Frame(Frame.AUTH, 5, 1, new byte[0], new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void roundTrip(
      @ForAll @IntRange(max = 255) int flags,
      @ForAll @IntRange(max = 255) int type,
      @ForAll @IntRange(max = 65535) int seq,
      @ForAll @Size(max = 4096) byte[] payload) {
    byte[] tag = new byte[(flags & Frame.AUTH) != 0 ? 8 : 0];
    byte[] bytes = FrameEncoder.encode(new Frame(flags, type, seq, payload, tag));

    Frame frame = ((FrameParse.Whole) FrameParser.parse(ByteBuffer.wrap(bytes))).frame();

    assertThat(frame.flags()).isEqualTo(flags);
    assertThat(frame.type()).isEqualTo(type);
    assertThat(frame.seq()).isEqualTo(seq);
    assertThat(frame.payload()).isEqualTo(payload);
  }

  @Property
  void anyBytesEndInAnAnswerAndNeverMovePastTheLimit(@ForAll @Size(max = 64) byte[] noise) {
    ByteBuffer in = ByteBuffer.wrap(noise);
    assertThat(FrameParser.parse(in)).isNotNull();
    assertThat(in.position()).isBetween(0, noise.length);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }
}
