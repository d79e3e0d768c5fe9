package org.kvantenergo.wire.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns payloads into frames. */
public final class FrameEncoder {

  private FrameEncoder() {}

  /**
   * A frame without a tag.
   *
   * @param type u8
   * @param seq u16
   * @param payload 0..4096 bytes
   */
  public static byte[] encode(int type, int seq, byte[] payload) {
    return encode(new Frame(0, type, seq, payload, new byte[0]));
  }

  /** The bytes of a frame, tag included where the AUTH flag says so. */
  public static byte[] encode(Frame frame) {
    int tag = frame.authenticated() ? Frame.TAG : 0;
    if (frame.payload().length > Frame.MAX_PAYLOAD || frame.tag().length != tag) {
      throw new IllegalArgumentException(
          "payload of %d bytes, tag of %d".formatted(frame.payload().length, frame.tag().length));
    }
    int covered = Frame.HEADER + frame.payload().length + tag;
    ByteBuffer out = ByteBuffer.allocate(covered + Frame.CRC).order(ByteOrder.LITTLE_ENDIAN);
    out.put(header(frame)).put(frame.payload()).put(frame.tag());
    out.putShort((short) Crc16.of(out, 0, covered));
    return out.array();
  }

  /** The 9 bytes before the payload. */
  static byte[] header(Frame frame) {
    ByteBuffer out = ByteBuffer.allocate(Frame.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) Frame.MAGIC_0).put((byte) Frame.MAGIC_1).put((byte) Frame.VERSION);
    out.put((byte) u8(frame.flags())).put((byte) u8(frame.type()));
    out.putShort((short) u16(frame.seq())).putShort((short) frame.payload().length);
    return out.array();
  }

  private static int u8(int value) {
    if (value < 0 || value > 0xFF) {
      throw new IllegalArgumentException("out of u8: " + value);
    }
    return value;
  }

  private static int u16(int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("out of u16: " + value);
    }
    return value;
  }
}
