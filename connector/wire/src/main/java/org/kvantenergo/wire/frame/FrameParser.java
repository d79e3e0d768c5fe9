package org.kvantenergo.wire.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds frames in a stream of bytes. Checks in the order of docs/protocol.md: magic, version and
 * length as soon as the 9 header bytes are there, then the CRC.
 */
public final class FrameParser {

  private static final byte[] NO_TAG = new byte[0];
  private static final FrameParse FOREIGN = new FrameParse.Foreign();

  private FrameParser() {}

  /**
   * Looks at the bytes from the buffer's position to its limit. Moves the position only over a
   * frame that is whole, its CRC right or wrong.
   */
  public static FrameParse parse(ByteBuffer in) {
    int start = in.position();
    int available = in.remaining();
    if ((available > 0 && in.get(start) != Frame.MAGIC_0)
        || (available > 1 && in.get(start + 1) != Frame.MAGIC_1)) {
      return FOREIGN;
    }
    if (available < Frame.HEADER) {
      return new FrameParse.Incomplete(Frame.HEADER - available);
    }
    int seq = u16(in, start + 5);
    if ((in.get(start + 2) & 0xFF) != Frame.VERSION) {
      return new FrameParse.UnsupportedVersion(seq);
    }
    int length = u16(in, start + 7);
    if (length > Frame.MAX_PAYLOAD) {
      return new FrameParse.TooLong(seq);
    }
    int flags = in.get(start + 3) & 0xFF;
    int tag = (flags & Frame.AUTH) != 0 ? Frame.TAG : 0;
    int covered = Frame.HEADER + length + tag;
    if (available < covered + Frame.CRC) {
      return new FrameParse.Incomplete(covered + Frame.CRC - available);
    }
    in.position(start + covered + Frame.CRC);
    if (Crc16.of(in, start, covered) != u16(in, start + covered)) {
      return new FrameParse.BadCrc(seq);
    }
    int type = in.get(start + 4) & 0xFF;
    byte[] payload = copy(in, start + Frame.HEADER, length);
    byte[] tagBytes = tag == 0 ? NO_TAG : copy(in, start + Frame.HEADER + length, tag);
    return new FrameParse.Whole(new Frame(flags, type, seq, payload, tagBytes));
  }

  private static byte[] copy(ByteBuffer in, int offset, int length) {
    byte[] bytes = new byte[length];
    in.get(offset, bytes);
    return bytes;
  }

  private static int u16(ByteBuffer in, int offset) {
    int value = in.getShort(offset) & 0xFFFF;
    return in.order() == ByteOrder.LITTLE_ENDIAN
        ? value
        : Short.reverseBytes((short) value) & 0xFFFF;
  }
}
