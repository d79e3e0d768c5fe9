package org.kvantenergo.ingest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;

/** Between a record of the wire and a record of the archive. Used by one thread. */
final class RecordMapper {

  private static final int CANONICAL_FLOAT_NAN = 0x7FC00000;
  private static final long CANONICAL_DOUBLE_NAN = 0x7FF8000000000000L;

  private final MessageDigest sha256;

  RecordMapper() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  MeterRecord map(
      Reading r, DeviceId device, long sessionId, MeterRecord.Place place, Instant receivedAt) {
    byte[] bytes = PacketEncoder.record(r);
    return new MeterRecord(
        device,
        sessionId,
        place,
        receivedAt,
        digest(bytes),
        lossy(r) ? bytes : null,
        r.recordNumber(),
        r.moduleTime(),
        r.meterTime(),
        r.reading(),
        r.resource(),
        r.temperature(),
        r.battery(),
        r.measurementErrors(),
        r.temperatureErrors(),
        r.controlErrors(),
        r.calibrationErrors(),
        r.hardwareErrors(),
        r.status(),
        r.rssi(),
        r.band(),
        r.period(),
        r.sessionsTotal(),
        r.sessionsDay());
  }

  /** The 54 bytes of a record of the archive. */
  static byte[] bytes(MeterRecord r) {
    if (r.bytes() != null) {
      return r.bytes();
    }
    return PacketEncoder.record(
        new Reading(
            r.recordNumber(),
            r.moduleTime(),
            r.meterTime(),
            r.reading(),
            r.resource(),
            r.temperature(),
            r.battery(),
            r.measurementErrors(),
            r.temperatureErrors(),
            r.controlErrors(),
            r.calibrationErrors(),
            r.hardwareErrors(),
            r.status(),
            r.rssi(),
            r.band(),
            r.periodMinutes(),
            r.sessionsTotal(),
            r.sessionsDay()));
  }

  /** Whether the bytes of a record of the archive have the digest that was taken when they came. */
  boolean intact(MeterRecord record) {
    return digest(bytes(record)) == record.digest();
  }

  private long digest(byte[] bytes) {
    return ByteBuffer.wrap(sha256.digest(bytes)).getLong();
  }

  /** Whether a NaN carries bits that a column of numbers would lose. */
  private static boolean lossy(Reading r) {
    return (Double.isNaN(r.reading())
            && Double.doubleToRawLongBits(r.reading()) != CANONICAL_DOUBLE_NAN)
        || lossy(r.resource())
        || lossy(r.temperature())
        || lossy(r.battery());
  }

  private static boolean lossy(float value) {
    return Float.isNaN(value) && Float.floatToRawIntBits(value) != CANONICAL_FLOAT_NAN;
  }
}
