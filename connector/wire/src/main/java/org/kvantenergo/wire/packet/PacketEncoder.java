package org.kvantenergo.wire.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Packets to payload bytes. What we send is checked against the ranges of the protocol. */
public final class PacketEncoder {

  /** Length of one record, bytes. */
  public static final int RECORD_LENGTH = 54;

  static final int MAX_STR = 63;
  private static final int MAX_INFO = 8 + 3 * (1 + MAX_STR);
  private static final byte[] EMPTY = new byte[0];

  private PacketEncoder() {}

  /** The payload of a frame that carries the packet. */
  public static byte[] payload(Packet packet) {
    if (packet instanceof Packet.Downlink down) {
      return downlink(down);
    }
    if (packet instanceof Hello hello) {
      return hello(hello);
    }
    if (packet instanceof Readings readings) {
      return readings(readings);
    }
    if (packet instanceof Info info) {
      return info(info);
    }
    if (packet instanceof CommandResult result) {
      return buffer(5).putInt((int) result.commandId()).put((byte) result.code()).array();
    }
    if (packet instanceof Relay relay) {
      return relay(relay.serial(), relay.innerType(), relay.innerPayload());
    }
    return EMPTY;
  }

  /** The 54 bytes of a record, exactly as they were received: a NaN keeps its payload. */
  public static byte[] record(Reading reading) {
    ByteBuffer out = buffer(RECORD_LENGTH);
    put(out, reading);
    return out.array();
  }

  private static byte[] downlink(Packet.Downlink packet) {
    if (packet instanceof HelloAck ack) {
      return buffer(7)
          .put((byte) ack.result().code())
          .putInt((int) ack.serverTime())
          .putShort((short) ack.retryAfter())
          .array();
    }
    if (packet instanceof Ack ack) {
      return new byte[] {(byte) (ack.alreadyStored() ? 1 : 0), (byte) ack.pendingCommands()};
    }
    if (packet instanceof Command command) {
      return buffer(5 + command.arguments().length)
          .putInt((int) command.commandId())
          .put((byte) command.code())
          .put(command.arguments())
          .array();
    }
    if (packet instanceof Relayed relayed) {
      return relay(relayed.serial(), relayed.inner().type(), downlink(relayed.inner()));
    }
    return new byte[] {(byte) ((Reject) packet).reason().code()};
  }

  private static byte[] relay(long serial, int type, byte[] payload) {
    return buffer(9 + payload.length).putLong(serial).put((byte) type).put(payload).array();
  }

  private static byte[] hello(Hello hello) {
    ByteBuffer out = buffer(39).put((byte) hello.kind().code());
    out.putLong(hello.imei()).putLong(hello.serial());
    out.putShort((short) hello.model()).putShort((short) hello.firmware());
    String padded = hello.iccid() + "F".repeat(20 - hello.iccid().length());
    for (int i = 0; i < 20; i += 2) {
      out.put((byte) (nibble(padded, i) << 4 | nibble(padded, i + 1)));
    }
    return out.putLong(hello.nonce()).array();
  }

  private static int nibble(String digits, int at) {
    return Character.digit(digits.charAt(at), 16);
  }

  private static byte[] readings(Readings readings) {
    ByteBuffer out = buffer(1 + readings.records().size() * RECORD_LENGTH);
    out.put((byte) readings.records().size());
    readings.records().forEach(record -> put(out, record));
    return out.array();
  }

  private static void put(ByteBuffer out, Reading r) {
    out.putInt((int) r.recordNumber()).putInt((int) r.moduleTime()).putInt((int) r.meterTime());
    out.putLong(Double.doubleToRawLongBits(r.reading()));
    out.putInt(Float.floatToRawIntBits(r.resource()));
    out.putInt(Float.floatToRawIntBits(r.temperature()));
    out.putInt(Float.floatToRawIntBits(r.battery()));
    out.putShort((short) r.measurementErrors()).putShort((short) r.temperatureErrors());
    out.putShort((short) r.controlErrors()).putShort((short) r.calibrationErrors());
    out.putShort((short) r.hardwareErrors()).putShort((short) r.status());
    out.put((byte) r.rssi()).put((byte) r.band()).putShort((short) r.period());
    out.putInt((int) r.sessionsTotal()).putShort((short) r.sessionsDay());
  }

  private static byte[] info(Info info) {
    ByteBuffer out = buffer(MAX_INFO);
    out.put((byte) info.contractDay()).put((byte) info.contractHour());
    out.putShort((short) info.period()).put((byte) info.rssi());
    out.putShort((short) info.errorCount()).put((byte) info.retries());
    str(out, info.apn());
    str(out, info.login());
    str(out, info.password());
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  private static void str(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_STR) {
      throw new IllegalArgumentException("str of " + bytes.length + " bytes, at most 63");
    }
    out.put((byte) bytes.length).put(bytes);
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
