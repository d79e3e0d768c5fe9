package org.kvantenergo.benchmark.insert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A batch in PostgreSQL's binary format of COPY, in a buffer that is used again. */
final class CopyRows {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;
  private static final int FIELDS = 31;
  private static final int LONGEST_ROW = Short.BYTES + FIELDS * (Integer.BYTES + Long.BYTES) + 32;

  /** PostgreSQL counts from 2000-01-01T00:00:00Z. */
  private static final long EPOCH_2000 = 946_684_800L;

  private static final long MICROS = 1_000_000L;
  private static final byte[] ICCID = Writer.ICCID.getBytes(StandardCharsets.UTF_8);

  private final ByteBuffer out;

  CopyRows(int size) {
    out = ByteBuffer.allocate(HEADER + size * LONGEST_ROW + Short.BYTES);
  }

  /** The buffer; {@link #length()} bytes of it count. */
  byte[] bytes() {
    return out.array();
  }

  int length() {
    return out.position();
  }

  void encode(Rows rows) {
    out.clear();
    out.put(SIGNATURE).putInt(0).putInt(0);
    for (int i = 0; i < rows.size; i++) {
      out.putShort((short) FIELDS);
      record(rows, i);
      session(rows.position[i] == rows.records - 1);
    }
    out.putShort((short) -1);
  }

  private void record(Rows r, int i) {
    put(r.device[i]);
    put((r.moduleTime[i] - EPOCH_2000) * MICROS);
    put(r.recordNumber[i]);
    put(r.digest[i]);
    put((r.meterTime[i] - EPOCH_2000) * MICROS);
    put(r.receivedAt[i] - EPOCH_2000 * MICROS);
    put(r.session[i]);
    put(Double.doubleToRawLongBits(r.reading[i]));
    put(Float.floatToRawIntBits(r.resource[i]));
    put(Float.floatToRawIntBits(r.temperature[i]));
    put(Float.floatToRawIntBits(r.battery[i]));
    for (int mask = 0; mask < 5; mask++) {
      put(r.none[i]);
    }
    put(r.status[i]);
    put(r.rssi[i]);
    put(r.band[i]);
    put(r.period[i]);
    put(r.sessionsTotal[i]);
    put(r.sessionsDay[i]);
    put(r.none[i]);
    absent();
    put(r.batch[i]);
    put(r.frame[i]);
    put(r.position[i]);
    put(r.frameRecords[i]);
  }

  private void session(boolean newest) {
    if (newest) {
      put(Writer.PROTOCOL);
      put(Writer.MODEL);
      out.putInt(ICCID.length).put(ICCID);
    } else {
      absent();
      absent();
      absent();
    }
  }

  private void put(long value) {
    out.putInt(Long.BYTES).putLong(value);
  }

  private void put(int value) {
    out.putInt(Integer.BYTES).putInt(value);
  }

  private void put(short value) {
    out.putInt(Short.BYTES).putShort(value);
  }

  private void absent() {
    out.putInt(-1);
  }
}
