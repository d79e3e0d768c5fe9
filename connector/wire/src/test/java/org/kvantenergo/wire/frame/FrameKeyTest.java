package org.kvantenergo.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kvantenergo.wire.Vectors;
import org.kvantenergo.wire.frame.FrameKey.Direction;

class FrameKeyTest {

  private static final long NONCE = 0x0807060504030201L;

  private final List<Vectors> vectors = Vectors.of("frames.txt");
  private final FrameKey key = new FrameKey(key(), NONCE);

  @Test
  void theTagsOfTheVectorsAreRight() {
    assertThat(key.signed(Direction.UP, frame(1))).isTrue();
    assertThat(key.signed(Direction.DOWN, frame(3))).isTrue();
    assertThat(key.encode(Direction.UP, 1, 1, frame(1).payload()))
        .isEqualTo(vectors.get(1).bytes());
    assertThat(key.encode(Direction.DOWN, 0x81, 1, frame(3).payload()))
        .isEqualTo(vectors.get(3).bytes());
  }

  @Test
  void directionNonceKeyAndEveryByteCount() {
    assertThat(key.signed(Direction.DOWN, frame(1))).isFalse();
    assertThat(new FrameKey(key(), NONCE + 1).signed(Direction.UP, frame(1))).isFalse();
    byte[] other = key();
    other[31] ^= 1;
    assertThat(new FrameKey(other, NONCE).signed(Direction.UP, frame(1))).isFalse();
    Frame f = frame(1);
    assertThat(key.signed(Direction.UP, new Frame(1, 1, 2, f.payload(), f.tag()))).isFalse();
    assertThat(key.signed(Direction.UP, new Frame(1, 2, 1, f.payload(), f.tag()))).isFalse();
    assertThat(key.signed(Direction.UP, new Frame(3, 1, 1, f.payload(), f.tag()))).isFalse();
    byte[] payload = f.payload().clone();
    payload[5] ^= 1;
    assertThat(key.signed(Direction.UP, new Frame(1, 1, 1, payload, f.tag()))).isFalse();
    byte[] tag = f.tag().clone();
    tag[7] ^= 1;
    assertThat(key.signed(Direction.UP, new Frame(1, 1, 1, f.payload(), tag))).isFalse();
  }

  @Test
  void aFrameWithoutTagIsNotSigned() {
    assertThat(key.signed(Direction.UP, frame(0))).isFalse();
  }

  @Test
  void aKeyHas32Bytes() {
    assertThatThrownBy(() -> new FrameKey(new byte[31], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Frame frame(int vector) {
    FrameParse parse = FrameParser.parse(ByteBuffer.wrap(vectors.get(vector).bytes()));
    return ((FrameParse.Whole) parse).frame();
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return key;
  }
}
