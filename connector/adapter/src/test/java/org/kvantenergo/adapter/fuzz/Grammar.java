package org.kvantenergo.adapter.fuzz;

import static org.kvantenergo.adapter.fuzz.Octets.number;

/** What docs/protocol.md calls structure: lengths, counts, kinds, str, IMEI and serial. */
final class Grammar {

  static final int HELLO = 0x01;
  static final int READINGS = 0x02;
  static final int INFO = 0x03;
  static final int COMMAND_RESULT = 0x04;
  static final int PING = 0x05;
  static final int BYE = 0x06;
  static final int RELAY = 0x10;

  static final int RELAY_HEAD = 9;
  private static final long DIGITS_15 = 1_000_000_000_000_000L;

  private Grammar() {}

  /** Whether an uplink type exists for whoever sends it. */
  static boolean known(int type, boolean station) {
    return (type >= HELLO && type <= BYE) || (type == RELAY && station);
  }

  /** Whether a block may send it. */
  static boolean relayable(int type) {
    return type >= READINGS && type <= COMMAND_RESULT;
  }

  static boolean wellFormed(int type, byte[] payload) {
    return switch (type) {
      case HELLO -> hello(payload);
      case READINGS -> readings(payload);
      case INFO -> info(payload);
      case COMMAND_RESULT -> payload.length == 5;
      case RELAY -> payload.length >= RELAY_HEAD && fifteenDigits(number(payload, 0, 8));
      default -> payload.length == 0;
    };
  }

  private static boolean hello(byte[] p) {
    if (p.length != 39 || p[0] < 0 || p[0] > 1) {
      return false;
    }
    long imei = number(p, 1, 8);
    boolean none = imei == 0 && p[0] == 1;
    return (none || fifteenDigits(imei)) && fifteenDigits(number(p, 9, 8));
  }

  private static boolean fifteenDigits(long number) {
    return number > 0 && number < DIGITS_15;
  }

  private static boolean readings(byte[] p) {
    int count = p.length == 0 ? 0 : p[0] & 0xFF;
    return count >= 1 && count <= 64 && p.length == 1 + 54 * count;
  }

  private static boolean info(byte[] p) {
    int at = 8;
    for (int str = 0; str < 3; str++) {
      if (at >= p.length || (p[at] & 0xFF) > 63 || at + 1 + p[at] > p.length) {
        return false;
      }
      int end = at + 1 + p[at];
      if (!text(p, at + 1, end)) {
        return false;
      }
      at = end;
    }
    return at == p.length;
  }

  /** UTF-8 by the table of the Unicode standard (table 3-7), without U+0000. */
  private static boolean text(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int lead = bytes[at] & 0xFF;
      int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
      boolean leads = (lead >= 1 && lead <= 0x7F) || (lead >= 0xC2 && lead <= 0xF4);
      if (!leads || at + more >= to) {
        return false;
      }
      for (int i = 1; i <= more; i++) {
        int next = bytes[at + i] & 0xFF;
        if (next < least(lead, i) || next > most(lead, i)) {
          return false;
        }
      }
      at += 1 + more;
    }
    return true;
  }

  private static int least(int lead, int place) {
    return place > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  }

  private static int most(int lead, int place) {
    return place > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  }

  /** The digits of an ICCID; empty if unknown. */
  static String iccid(byte[] bytes, int at) {
    String nibbles = Octets.hex(java.util.Arrays.copyOfRange(bytes, at, at + 10));
    return nibbles.matches("[0-9]*f*") ? nibbles.replace("f", "") : "";
  }
}
