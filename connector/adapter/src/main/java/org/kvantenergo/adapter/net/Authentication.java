package org.kvantenergo.adapter.net;

import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameKey.Direction;

/**
 * Tags and the order of seq in one session (docs/protocol.md, "Authentication"). A session without
 * a key passes everything and tags nothing. Used by one thread.
 */
final class Authentication {

  private static final int LAST_SEQ = 0xFFFF;

  private final FrameKey key;
  private int lastSeq;
  private int damaged;

  private Authentication(FrameKey key, int helloSeq) {
    this.key = key;
    this.lastSeq = helloSeq;
  }

  /** Before the admission, and for devices without a key. */
  static Authentication none() {
    return new Authentication(null, 0);
  }

  /**
   * From the admission on.
   *
   * @param key null if the device has none
   * @param helloSeq of the HELLO: the next frame has the next one
   */
  static Authentication with(FrameKey key, int helloSeq) {
    return new Authentication(key, helloSeq);
  }

  /** Whether a frame may be believed: the right tag, and no frame left out before it. */
  boolean passes(Frame frame) {
    if (key == null) {
      return true;
    }
    if (!key.signed(Direction.UP, frame) || !follows(frame.seq())) {
      return false;
    }
    lastSeq = frame.seq();
    damaged = 0;
    return true;
  }

  /**
   * A frame with a bad CRC came. Its seq cannot be believed; the module sends it again under the
   * same one or goes on with the next.
   */
  void damaged() {
    damaged++;
  }

  private boolean follows(int seq) {
    int expected = lastSeq;
    for (int skipped = 0; skipped <= damaged; skipped++) {
      expected = next(expected);
      if (seq == expected) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of a frame of ours, tagged if there is a key. */
  byte[] encode(int type, int seq, byte[] payload) {
    return key == null
        ? FrameEncoder.encode(type, seq, payload)
        : key.encode(Direction.DOWN, type, seq, payload);
  }

  /** 1, 2, … 65535, 1 … */
  static int next(int seq) {
    return seq >= LAST_SEQ ? 1 : seq + 1;
  }
}
