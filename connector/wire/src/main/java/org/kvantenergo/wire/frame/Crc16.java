package org.kvantenergo.wire.frame;

import java.nio.ByteBuffer;

/** CRC-16/MODBUS: poly 8005 reflected, init FFFF; "123456789" gives 4B37. */
final class Crc16 {

  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ 0xA001 : crc >>> 1;
      }
      TABLE[i] = crc;
    }
  }

  private Crc16() {}

  /** CRC of {@code length} bytes from {@code offset}, u16; the buffer's position does not move. */
  static int of(ByteBuffer bytes, int offset, int length) {
    int crc = 0xFFFF;
    for (int i = offset; i < offset + length; i++) {
      crc = (crc >>> 8) ^ TABLE[(crc ^ bytes.get(i)) & 0xFF];
    }
    return crc;
  }
}
