package org.kvantenergo.adapter.fuzz;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Frames by the letter of docs/protocol.md, slow and plain. */
final class Octets {

  static final int HEADER = 9;
  static final int TAG = 8;
  static final int AUTH = 1;
  static final int UP = 0;
  static final int DOWN = 1;
  static final byte[] NONE = {};

  private Octets() {}

  /** A frame of version 5 with a right CRC; {@code tag} is empty without AUTH. */
  static byte[] frame(int flags, int type, int seq, byte[] payload, byte[] tag) {
    byte[] covered = join(header(flags, type, seq, payload.length), payload, tag);
    return join(covered, little(crc(covered, covered.length), 2));
  }

  static byte[] header(int flags, int type, int seq, int length) {
    return join(
        new byte[] {0x4B, 0x56, 5, (byte) flags, (byte) type}, little(seq, 2), little(length, 2));
  }

  /** A right CRC in the last two bytes. */
  static byte[] sealed(byte[] frame) {
    int covered = frame.length - 2;
    return join(Arrays.copyOf(frame, covered), little(crc(frame, covered), 2));
  }

  /** CRC-16/MODBUS of the first {@code length} bytes. */
  static int crc(byte[] bytes, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1;
      }
    }
    return crc;
  }

  static byte[] tag(byte[] key, int direction, byte[] nonce, byte[] header, byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Arrays.copyOf(
          mac.doFinal(join(new byte[] {(byte) direction}, nonce, header, payload)), TAG);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] little(long value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  /** An unsigned number; of 8 bytes, negative where it is 2^63 or more. */
  static long number(byte[] bytes, int at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
