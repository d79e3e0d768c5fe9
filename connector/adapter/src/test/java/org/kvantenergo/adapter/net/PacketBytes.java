package org.kvantenergo.adapter.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** What the server read, as bytes again; a value that its field cannot hold is an error. */
final class PacketBytes {

  private static final int LONGEST = 4096;

  private final ByteBuffer out = ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);

  private PacketBytes() {}

  static byte[] of(Packet.Uplink packet) {
    PacketBytes bytes = new PacketBytes();
    if (packet instanceof Readings readings) {
      bytes.unsigned(readings.records().size(), 1);
      readings.records().forEach(bytes::record);
    } else if (packet instanceof Info info) {
      bytes.info(info);
    } else if (packet instanceof CommandResult result) {
      bytes.unsigned(result.commandId(), 4).unsigned(result.code(), 1);
    } else {
      throw new IllegalStateException("nobody stores " + packet);
    }
    return Arrays.copyOf(bytes.out.array(), bytes.out.position());
  }

  private void record(Reading r) {
    unsigned(r.recordNumber(), 4).unsigned(r.moduleTime(), 4).unsigned(r.meterTime(), 4);
    out.putLong(Double.doubleToRawLongBits(r.reading()));
    out.putInt(Float.floatToRawIntBits(r.resource()));
    out.putInt(Float.floatToRawIntBits(r.temperature()));
    out.putInt(Float.floatToRawIntBits(r.battery()));
    unsigned(r.measurementErrors(), 2).unsigned(r.temperatureErrors(), 2);
    unsigned(r.controlErrors(), 2).unsigned(r.calibrationErrors(), 2);
    unsigned(r.hardwareErrors(), 2).unsigned(r.status(), 2);
    signed(r.rssi()).unsigned(r.band(), 1).unsigned(r.period(), 2);
    unsigned(r.sessionsTotal(), 4).unsigned(r.sessionsDay(), 2);
  }

  private void info(Info i) {
    unsigned(i.contractDay(), 1).unsigned(i.contractHour(), 1).unsigned(i.period(), 2);
    signed(i.rssi()).unsigned(i.errorCount(), 2).unsigned(i.retries(), 1);
    str(i.apn()).str(i.login()).str(i.password());
  }

  private PacketBytes str(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length, 1);
    out.put(utf8);
    return this;
  }

  private PacketBytes signed(int value) {
    out.put((byte) value);
    return require(value == (byte) value, value);
  }

  private PacketBytes unsigned(long value, int length) {
    for (int i = 0; i < length; i++) {
      out.put((byte) (value >> (8 * i)));
    }
    return require(value >= 0 && value < 1L << (8 * length), value);
  }

  private PacketBytes require(boolean fits, long value) {
    if (!fits) {
      throw new IllegalStateException("out of its field: " + value);
    }
    return this;
  }
}
