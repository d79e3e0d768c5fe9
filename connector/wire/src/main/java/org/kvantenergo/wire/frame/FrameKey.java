package org.kvantenergo.wire.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a device for one session: makes and checks tags (docs/protocol.md, "Authentication").
 * Not safe for several threads at once. Says nothing of itself in {@link #toString()}.
 */
public final class FrameKey {

  /** Length of a key, bytes. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] nonce;
  private final Mac mac;

  /** Which way a frame goes: the first byte under the tag. */
  public enum Direction {
    /** From the device: 0. */
    UP(0),
    /** From the server: 1. */
    DOWN(1);

    private final byte code;

    Direction(int code) {
      this.code = (byte) code;
    }
  }

  /**
   * A key with the nonce of a session.
   *
   * @param key 32 bytes; copied
   * @param nonce of the session's HELLO, as a number, byte 0 the least significant
   */
  public FrameKey(byte[] key, long nonce) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("key of " + key.length + " bytes, 32 expected");
    }
    this.nonce =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(nonce).array();
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** The bytes of a frame that carries the right tag. */
  public byte[] encode(Direction direction, int type, int seq, byte[] payload) {
    Frame bare = new Frame(Frame.AUTH, type, seq, payload, new byte[Frame.TAG]);
    return FrameEncoder.encode(new Frame(Frame.AUTH, type, seq, payload, tag(direction, bare)));
  }

  /** Whether the frame carries a tag, and the right one. Takes the same time for any wrong one. */
  public boolean signed(Direction direction, Frame frame) {
    return frame.authenticated() && MessageDigest.isEqual(tag(direction, frame), frame.tag());
  }

  private byte[] tag(Direction direction, Frame frame) {
    mac.update(direction.code);
    mac.update(nonce);
    mac.update(FrameEncoder.header(frame));
    mac.update(frame.payload());
    return Arrays.copyOf(mac.doFinal(), Frame.TAG);
  }
}
