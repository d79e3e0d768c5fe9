package org.kvantenergo.simulator.dialogue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How a value lies in a payload: least significant byte first, as docs/protocol.md, "Basics", says.
 * A value may always be written as its raw bytes, {@code hex:…}.
 */
enum FieldType {
  U8(1),
  I8(1),
  U16(2),
  U32(4),
  U64(8),
  TIME(4),
  F32(4),
  F64(8),
  /** 20 nibbles, high one first, decimal digits, filled up with F. */
  BCD(10),
  BYTES8(8),
  /** A u8 length and that many bytes of UTF-8. */
  STR(-1),
  /** All that is left. */
  REST(-1);

  private static final String RAW = "hex:";
  private static final HexFormat HEX = HexFormat.of();

  private static final Pattern REPEATED = Pattern.compile("\\(([0-9a-fA-F]*)\\)x(\\d{1,5})");

  private final int length;

  FieldType(int length) {
    this.length = length;
  }

  /**
   * The bytes of a value.
   *
   * @param now what "now" means in a time, s
   */
  byte[] encode(String text, long now) {
    if (text.startsWith(RAW) || this == REST || this == BYTES8) {
      return raw(bytes(text.startsWith(RAW) ? text.substring(RAW.length()) : text));
    }
    return switch (this) {
      case I8 -> little(number(text, -128, 127));
      case U8 -> little(number(text, 0, 0xFF));
      case U16 -> little(number(text, 0, 0xFFFF));
      case U32 -> little(number(text, 0, 0xFFFF_FFFFL));
      case U64 -> little(unsigned(text));
      case TIME -> little(Times.seconds(text, now));
      case F32 -> little(Float.floatToRawIntBits((float) real(text)) & 0xFFFF_FFFFL);
      case F64 -> little(Double.doubleToRawLongBits(real(text)));
      case BCD -> bcd(text);
      case STR -> raw(text.getBytes(StandardCharsets.UTF_8));
      case BYTES8, REST -> throw new IllegalStateException("written in hex only");
    };
  }

  private byte[] raw(byte[] bytes) {
    if (this == STR) {
      byte[] str = new byte[bytes.length + 1];
      str[0] = (byte) bytes.length;
      System.arraycopy(bytes, 0, str, 1, bytes.length);
      return str;
    }
    if (length >= 0 && bytes.length != length) {
      throw new ScriptException("%d bytes where %d belong".formatted(bytes.length, length));
    }
    return bytes;
  }

  private byte[] little(long value) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  private static byte[] bcd(String digits) {
    if (!digits.matches("\\d{0,20}")) {
      throw new ScriptException("'" + digits + "' is no number of up to 20 digits");
    }
    return HEX.parseHex(digits + "F".repeat(20 - digits.length()));
  }

  /**
   * Takes the bytes of one value.
   *
   * @throws ScriptException if they are not all there
   */
  byte[] take(ByteBuffer in) {
    int size = this == REST ? in.remaining() : length;
    if (this == STR) {
      size = in.hasRemaining() ? 1 + (in.get(in.position()) & 0xFF) : 1;
    }
    if (in.remaining() < size) {
      throw new ScriptException("the payload ends in the middle of a field");
    }
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  /** A value for people, as a script could write it. */
  String text(byte[] bytes) {
    return switch (this) {
      case I8 -> Byte.toString(bytes[0]);
      case U8, U16, U32, U64, TIME -> Long.toUnsignedString(whole(bytes));
      case F32 -> Float.toString(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat());
      case F64 ->
          Double.toString(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble());
      case BCD -> HEX.formatHex(bytes).replaceFirst("f+$", "");
      case STR -> '"' + new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8) + '"';
      case BYTES8, REST -> HEX.formatHex(bytes);
    };
  }

  /** The unsigned whole number in the bytes. */
  static long whole(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xFF);
    }
    return value;
  }

  /** Hex without its spaces; {@code (5a)x100} stands for a hundred of them. */
  static String expanded(String hex) {
    return REPEATED
        .matcher(hex.replace(" ", ""))
        .replaceAll(part -> part.group(1).repeat(Integer.parseInt(part.group(2))));
  }

  /** Bytes written in hex, which is expanded. */
  static byte[] bytes(String hex) {
    try {
      return HEX.parseHex(expanded(hex));
    } catch (IllegalArgumentException e) {
      throw new ScriptException("'" + hex + "' is not hex", e);
    }
  }

  /** A whole number, decimal or 0x…, within the bounds. */
  static long number(String text, long least, long most) {
    try {
      long value = Long.decode(text.matches("-?0+\\d+") ? text.replaceFirst("0+", "") : text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new ScriptException("'" + text + "' is no whole number", e);
    }
    throw new ScriptException("%s is not within %d..%d".formatted(text, least, most));
  }

  private static long unsigned(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new ScriptException("'" + text + "' is no u64", e);
    }
  }

  private static double real(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw new ScriptException("'" + text + "' is no number", e);
        }
      }
    };
  }
}
