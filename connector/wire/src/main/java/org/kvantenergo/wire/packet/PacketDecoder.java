package org.kvantenergo.wire.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Payload bytes to packets. Structure is checked here and nowhere else; values are not. */
public final class PacketDecoder {

  private static final int HELLO_LENGTH = 39;
  private static final int ICCID_LENGTH = 10;
  private static final int RELAY_HEAD = 9;
  private static final long DIGITS_15 = 1_000_000_000_000_000L;

  private PacketDecoder() {}

  /**
   * What a module or base station sent.
   *
   * @param type u8 of the frame
   * @param payload of the frame
   * @throws MalformedPacketException if lengths, count, kind, str, IMEI or serial are wrong
   */
  public static Packet.Uplink uplink(int type, byte[] payload) throws MalformedPacketException {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case Hello.TYPE -> hello(in);
      case Readings.TYPE -> readings(in);
      case Info.TYPE -> info(in);
      case CommandResult.TYPE -> {
        exactly(in, 5);
        yield new CommandResult(u32(in), u8(in));
      }
      case Relay.TYPE -> {
        atLeast(in, RELAY_HEAD);
        yield new Relay(serial(in), u8(in), rest(in));
      }
      case Ping.TYPE -> {
        exactly(in, 0);
        yield new Ping();
      }
      case Bye.TYPE -> {
        exactly(in, 0);
        yield new Bye();
      }
      default -> new UnknownPacket(type);
    };
  }

  /**
   * What a telemetry block sent through a base station.
   *
   * @return READINGS, INFO, COMMAND_RESULT or, for any other inner type, {@link UnknownPacket}
   * @throws MalformedPacketException as {@link #uplink}
   */
  public static Packet.Uplink relayed(Relay relay) throws MalformedPacketException {
    return switch (relay.innerType()) {
      case Readings.TYPE, Info.TYPE, CommandResult.TYPE ->
          uplink(relay.innerType(), relay.innerPayload());
      default -> new UnknownPacket(relay.innerType());
    };
  }

  /**
   * What a server sent: for emulators.
   *
   * @throws MalformedPacketException if the length, a code or the type is wrong
   */
  public static Packet.Downlink downlink(int type, byte[] payload) throws MalformedPacketException {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case HelloAck.TYPE -> {
        exactly(in, 7);
        HelloAck.Result result = one(HelloAck.Result.values(), HelloAck.Result::code, in);
        yield new HelloAck(result, u32(in), u16(in));
      }
      case Ack.TYPE -> {
        exactly(in, 2);
        int code = u8(in);
        if (code > 1) {
          throw new MalformedPacketException("ACK code " + code);
        }
        yield new Ack(code == 1, u8(in));
      }
      case Reject.TYPE -> {
        exactly(in, 1);
        yield new Reject(one(Reject.Reason.values(), Reject.Reason::code, in));
      }
      case Command.TYPE -> {
        atLeast(in, 5);
        yield new Command(u32(in), u8(in), rest(in));
      }
      case Relayed.TYPE -> {
        atLeast(in, RELAY_HEAD);
        yield new Relayed(serial(in), downlink(u8(in), rest(in)));
      }
      default -> throw new MalformedPacketException("downlink type " + type);
    };
  }

  private static Hello hello(ByteBuffer in) throws MalformedPacketException {
    exactly(in, HELLO_LENGTH);
    DeviceKind kind = one(DeviceKind.values(), DeviceKind::code, in);
    long imei = in.getLong();
    if (imei < 0 || imei >= DIGITS_15 || (imei == 0 && kind != DeviceKind.BASE_STATION)) {
      throw new MalformedPacketException("IMEI at 1: " + Long.toUnsignedString(imei));
    }
    return new Hello(kind, imei, serial(in), u16(in), u16(in), iccid(in), in.getLong());
  }

  private static long serial(ByteBuffer in) throws MalformedPacketException {
    int at = in.position();
    long serial = in.getLong();
    if (serial < 1 || serial >= DIGITS_15) {
      throw new MalformedPacketException(
          "serial at %d: %s".formatted(at, Long.toUnsignedString(serial)));
    }
    return serial;
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  /** Digits up to the first F; empty where a nibble is not BCD or a digit follows an F. */
  private static String iccid(ByteBuffer in) {
    StringBuilder digits = new StringBuilder(2 * ICCID_LENGTH);
    boolean padding = false;
    boolean odd = false;
    for (int i = 0; i < 2 * ICCID_LENGTH; i++) {
      int both = in.get(in.position() + i / 2);
      int nibble = (i % 2 == 0 ? both >> 4 : both) & 0xF;
      padding |= nibble == 0xF;
      odd |= padding ? nibble != 0xF : nibble > 9;
      if (!padding) {
        digits.append((char) ('0' + nibble));
      }
    }
    in.position(in.position() + ICCID_LENGTH);
    return odd ? "" : digits.toString();
  }

  private static Readings readings(ByteBuffer in) throws MalformedPacketException {
    atLeast(in, 1);
    int count = u8(in);
    if (count < 1 || count > Readings.MAX_RECORDS) {
      throw new MalformedPacketException("count at 0: " + count);
    }
    exactly(in, count * PacketEncoder.RECORD_LENGTH);
    List<Reading> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(reading(in));
    }
    return new Readings(records);
  }

  private static Reading reading(ByteBuffer in) {
    return new Reading(
        u32(in),
        u32(in),
        u32(in),
        Double.longBitsToDouble(in.getLong()),
        Float.intBitsToFloat(in.getInt()),
        Float.intBitsToFloat(in.getInt()),
        Float.intBitsToFloat(in.getInt()),
        u16(in),
        u16(in),
        u16(in),
        u16(in),
        u16(in),
        u16(in),
        in.get(),
        u8(in),
        u16(in),
        u32(in),
        u16(in));
  }

  private static Info info(ByteBuffer in) throws MalformedPacketException {
    atLeast(in, 8);
    Info info =
        new Info(u8(in), u8(in), u16(in), in.get(), u16(in), u8(in), str(in), str(in), str(in));
    exactly(in, 0);
    return info;
  }

  private static String str(ByteBuffer in) throws MalformedPacketException {
    int at = in.position();
    atLeast(in, 1);
    int length = u8(in);
    if (length > PacketEncoder.MAX_STR) {
      throw new MalformedPacketException("str at %d: %d bytes".formatted(at, length));
    }
    atLeast(in, length);
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (text.indexOf('\0') >= 0) {
        throw new MalformedPacketException("str at %d holds U+0000".formatted(at));
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new MalformedPacketException("str at %d is not UTF-8".formatted(at));
    }
  }

  private static <E> E one(E[] values, java.util.function.ToIntFunction<E> code, ByteBuffer in)
      throws MalformedPacketException {
    int at = in.position();
    int found = u8(in);
    for (E value : values) {
      if (code.applyAsInt(value) == found) {
        return value;
      }
    }
    throw new MalformedPacketException("code at %d: %d".formatted(at, found));
  }

  private static void exactly(ByteBuffer in, int length) throws MalformedPacketException {
    if (in.remaining() != length) {
      throw new MalformedPacketException(
          "%d bytes expected at %d, %d there".formatted(length, in.position(), in.remaining()));
    }
  }

  private static void atLeast(ByteBuffer in, int length) throws MalformedPacketException {
    if (in.remaining() < length) {
      throw new MalformedPacketException(
          "%d bytes expected at %d, %d there".formatted(length, in.position(), in.remaining()));
    }
  }

  private static int u8(ByteBuffer in) {
    return in.get() & 0xFF;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  private static long u32(ByteBuffer in) {
    return in.getInt() & 0xFFFF_FFFFL;
  }
}
