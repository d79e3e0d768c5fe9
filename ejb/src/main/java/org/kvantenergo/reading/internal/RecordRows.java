package org.kvantenergo.reading.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.kvantenergo.shared.MeterRecord;

/**
 * Records as rows of the archive in PostgreSQL's binary COPY format ("COPY", section "Binary
 * Format" of its manual). Used by one thread.
 */
final class RecordRows {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final short FIELDS = 28;
  private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;

  /** All fields with their lengths; the 54 bytes among them. */
  private static final int MOST = 2 + 10 * 12 + 12 * 8 + 5 * 6 + 4 + 54;

  private static final int NULL = -1;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final ByteBuffer out;

  private RecordRows(int records) {
    out = ByteBuffer.allocate(HEADER + records * MOST + Short.BYTES);
  }

  /** In the order of the columns that the store names. */
  static InputStream of(List<MeterRecord> records) {
    RecordRows rows = new RecordRows(records.size());
    rows.out.put(SIGNATURE).putInt(0).putInt(0);
    records.forEach(rows::row);
    rows.out.putShort((short) NULL);
    return new ByteArrayInputStream(rows.out.array(), 0, rows.out.position());
  }

  private void row(MeterRecord r) {
    out.putShort(FIELDS);
    int8(r.device().value());
    time(Instant.ofEpochSecond(r.moduleTime()));
    int8(r.recordNumber());
    int8(r.digest());
    time(Instant.ofEpochSecond(r.meterTime()));
    time(r.receivedAt());
    int8(r.sessionId());
    int8(Double.doubleToRawLongBits(r.reading()));
    float4(r.resource());
    float4(r.temperature());
    float4(r.battery());
    int4(r.measurementErrors());
    int4(r.temperatureErrors());
    int4(r.controlErrors());
    int4(r.calibrationErrors());
    int4(r.hardwareErrors());
    int4(r.status());
    int2(r.rssi());
    int2(r.band());
    int4(r.periodMinutes());
    int8(r.sessionsTotal());
    int4(r.sessionsDay());
    int4(SqlReadingStore.marks(r));
    bytes(r.bytes());
    int8(r.place().batchId());
    int2(r.place().frame());
    int2(r.place().position());
    int2(r.place().records());
  }

  private void int8(long value) {
    out.putInt(Long.BYTES).putLong(value);
  }

  private void int4(int value) {
    out.putInt(Integer.BYTES).putInt(value);
  }

  private void int2(int value) {
    out.putInt(Short.BYTES).putShort((short) value);
  }

  private void float4(float value) {
    int4(Float.floatToRawIntBits(value));
  }

  private void time(Instant value) {
    int8(ChronoUnit.MICROS.between(EPOCH, value));
  }

  private void bytes(byte[] value) {
    if (value == null) {
      out.putInt(NULL);
    } else {
      out.putInt(value.length).put(value);
    }
  }
}
