package org.kvantenergo.simulator.dialogue;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The envelope of every packet, byte by byte as docs/protocol.md, "Frame", lays it out. Nothing is
 * checked: scripts also send what is wrong.
 *
 * @param version u8
 * @param flags u8
 * @param type u8
 * @param seq u16
 * @param payload N bytes
 * @param tag 8 bytes, or none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawFrame(int version, int flags, int type, int seq, byte[] payload, byte[] tag) {

  static final int HEADER = 9;
  static final int VERSION = 5;
  static final int AUTH = 1;
  static final int TAG = 8;
  static final int KEY = 32;
  static final int CRC = 2;
  static final byte UP = 0;
  static final byte DOWN = 1;
  private static final byte[] NONE = {};

  /** Bytes 0..8, with the length that the payload has. */
  byte[] header() {
    return header(payload.length);
  }

  /** Bytes 0..8 with any N. */
  byte[] header(int n) {
    return new byte[] {
      0x4B,
      0x56,
      (byte) version,
      (byte) flags,
      (byte) type,
      (byte) seq,
      (byte) (seq >> 8),
      (byte) n,
      (byte) (n >> 8)
    };
  }

  /** Everything before the CRC, with any header. */
  byte[] body(byte[] header) {
    return joined(header, payload, tag);
  }

  /** The same frame under a tag; the flag says that it is there. */
  RawFrame signed(byte[] key, byte direction, byte[] nonce) {
    RawFrame flagged = new RawFrame(version, flags | AUTH, type, seq, payload, NONE);
    return flagged.with(flagged.tag(key, direction, nonce));
  }

  /** The same frame, another tag. */
  RawFrame with(byte[] otherTag) {
    return new RawFrame(version, flags, type, seq, payload, otherTag);
  }

  /** What its tag has to be: the first 8 bytes of HMAC-SHA-256. */
  byte[] tag(byte[] key, byte direction, byte[] nonce) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(direction);
      mac.update(nonce);
      mac.update(header());
      mac.update(payload);
      return Arrays.copyOf(mac.doFinal(), TAG);
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every Java platform has HmacSHA256", e);
    }
  }

  /** How many bytes the frame has that begins here; 0 = not known yet. */
  static int length(byte[] in) {
    if (in.length < HEADER) {
      return 0;
    }
    int n = (in[7] & 0xFF) | ((in[8] & 0xFF) << 8);
    return HEADER + n + ((in[3] & AUTH) == 0 ? 0 : TAG) + CRC;
  }

  /**
   * Reads one whole frame.
   *
   * @throws ScriptException if it does not begin with the magic, or its CRC is not right
   */
  static RawFrame parse(byte[] whole) {
    if (whole[0] != 0x4B || whole[1] != 0x56) {
      throw new ScriptException("not a frame: the magic 4b56 is missing");
    }
    int end = whole.length - CRC;
    int said = (whole[end] & 0xFF) | ((whole[end + 1] & 0xFF) << 8);
    int right = crc(Arrays.copyOf(whole, end));
    if (said != right) {
      throw new ScriptException("its CRC is %04x, not %04x".formatted(said, right));
    }
    int tagAt = (whole[3] & AUTH) == 0 ? end : end - TAG;
    return new RawFrame(
        whole[2] & 0xFF,
        whole[3] & 0xFF,
        whole[4] & 0xFF,
        (whole[5] & 0xFF) | ((whole[6] & 0xFF) << 8),
        Arrays.copyOfRange(whole, HEADER, tagAt),
        Arrays.copyOfRange(whole, tagAt, end));
  }

  /** CRC-16/MODBUS. */
  static int crc(byte[] bytes) {
    int crc = 0xFFFF;
    for (byte each : bytes) {
      crc ^= each & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
      }
    }
    return crc;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
