package org.kvantenergo.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kvantenergo.wire.Vectors;

/** Each vector whole, split at every byte, truncated at every byte and with each bit flipped. */
class FrameVectorsTest {

  static Stream<Vectors> vectors() {
    return Stream.concat(Vectors.of("frames.txt").stream(), Vectors.of("own.txt").stream());
  }

  @Test
  void bothFilesAreRead() {
    assertThat(Vectors.of("frames.txt")).hasSize(18);
    assertThat(Vectors.of("own.txt")).hasSize(9);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void wholeAndEncodedAgain(Vectors vector) {
    ByteBuffer in = ByteBuffer.wrap(vector.bytes());

    FrameParse parse = FrameParser.parse(in);

    assertThat(parse).isInstanceOf(FrameParse.Whole.class);
    assertThat(in.remaining()).isZero();
    assertThat(FrameEncoder.encode(((FrameParse.Whole) parse).frame())).isEqualTo(vector.bytes());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void splitAtEveryByte(Vectors vector) {
    byte[] bytes = vector.bytes();
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
      FrameParse parse = FrameParser.parse(in);
      assertThat(parse).as("first %d bytes", length).isInstanceOf(FrameParse.Incomplete.class);
      int missing = ((FrameParse.Incomplete) parse).missing();
      assertThat(missing).isPositive().isLessThanOrEqualTo(bytes.length - length);
      assertThat(in.position()).isZero();
      assertThat(FrameParser.parse(in.limit(bytes.length))).isInstanceOf(FrameParse.Whole.class);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void twoInARow(Vectors vector) {
    ByteBuffer in = ByteBuffer.allocate(2 * vector.bytes().length);
    in.put(vector.bytes()).put(vector.bytes()).flip();

    assertThat(FrameParser.parse(in)).isInstanceOf(FrameParse.Whole.class);
    assertThat(in.position()).isEqualTo(vector.bytes().length);
    assertThat(FrameParser.parse(in)).isInstanceOf(FrameParse.Whole.class);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void eachBitFlipped(Vectors vector) {
    for (int bit = 0; bit < vector.bytes().length * 8; bit++) {
      byte[] bytes = vector.bytes().clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      FrameParse parse = FrameParser.parse(ByteBuffer.wrap(bytes));
      assertThat(parse)
          .as("bit %d", bit)
          .isInstanceOfAny(expected(bytes, bit).toArray(Class[]::new));
    }
  }

  /** What a single wrong bit must come to: never a whole frame. */
  private static List<Class<? extends FrameParse>> expected(byte[] bytes, int bit) {
    int at = bit / 8;
    if (at < 2) {
      return List.of(FrameParse.Foreign.class);
    }
    if (at == 2) {
      return List.of(FrameParse.UnsupportedVersion.class);
    }
    int length = (bytes[7] & 0xFF) | (bytes[8] & 0xFF) << 8;
    if (length > Frame.MAX_PAYLOAD) {
      return List.of(FrameParse.TooLong.class);
    }
    int total = 9 + length + ((bytes[3] & 1) != 0 ? 8 : 0) + 2;
    return total > bytes.length
        ? List.of(FrameParse.Incomplete.class)
        : List.of(FrameParse.BadCrc.class);
  }
}
