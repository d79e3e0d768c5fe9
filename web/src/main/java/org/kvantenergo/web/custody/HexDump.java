package org.kvantenergo.web.custody;

import java.util.HexFormat;
import java.util.StringJoiner;

/** Bytes for people: 16 a line, each line with the place of its first byte. */
final class HexDump {

  private static final int A_LINE = 16;
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ").withUpperCase();

  private HexDump() {}

  static String of(byte[] bytes) {
    StringJoiner lines = new StringJoiner("\n");
    for (int from = 0; from < bytes.length; from += A_LINE) {
      int to = Math.min(from + A_LINE, bytes.length);
      lines.add("%04X  %s".formatted(from, SPACED.formatHex(bytes, from, to)));
    }
    return lines.toString();
  }
}
