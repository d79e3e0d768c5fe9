package org.kvantenergo.launcher.fill;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.kvantenergo.simulator.FleetHistory;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;

/**
 * Makes records and writes them into a table that looks like the archive, as the server would have
 * stored them: digest over the 54 bytes, a frame of its own for each, 500 frames a batch. One
 * thread, and ranges of rows in ascending order.
 */
final class RecordCopy {
  private static final String COLUMNS =
      """
      (device_id, module_time, record_number, digest, meter_time, received_at, session_id, reading,
        resource, temperature, battery, measurement_errors, temperature_errors, control_errors,
        calibration_errors, hardware_errors, status, rssi, band, period_minutes, sessions_total,
        sessions_day, marks, batch_id, frame, position, frame_records)
      """;
  private static final int FIELDS = 27;

  /** From the module's clock to the whole frame at the server, s. */
  private static final int UNDER_WAY = 1;

  private static final int REPORT_EVERY = 1_000;

  private final FillOrder order;
  private final FillDevices devices;
  private final FleetHistory[] histories;
  private final MessageDigest sha256;

  RecordCopy(FillOrder order, FillDevices devices) {
    this.order = order;
    this.devices = devices;
    this.histories = new FleetHistory[order.devices()];
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Writes some rows.
   *
   * @param table made in this transaction
   * @param from first row
   * @param to the row after the last one
   * @param written is told how many more there are, now and then
   */
  void write(Connection connection, String table, long from, long to, LongAdder written)
      throws SQLException {
    try (Tuples out = new Tuples(connection, table + COLUMNS, true)) {
      Instant hour = null;
      int before = -1;
      for (long row = from; row < to; row++) {
        int device = order.device(row);
        if (hour == null || device <= before) {
          hour = order.hour(row);
        }
        before = device;
        put(out, device, history(device).slice(hour), row);
        if ((row + 1) % REPORT_EVERY == 0) {
          written.add(Math.min(REPORT_EVERY, row + 1 - from));
        }
      }
      out.end();
      written.add(Math.min(to % REPORT_EVERY, to - from));
    }
  }

  private FleetHistory history(int device) {
    FleetHistory history = histories[device];
    if (history == null) {
      history = new FleetHistory(ModuleIdentity.ofFleet(device + 1));
      histories[device] = history;
    }
    return history;
  }

  private void put(Tuples out, int device, Reading r, long row) throws SQLException {
    out.row(FIELDS);
    out.int8(devices.device(device));
    out.time(r.moduleTime());
    out.int8(r.recordNumber());
    out.int8(ByteBuffer.wrap(sha256.digest(PacketEncoder.record(r))).getLong());
    out.time(r.meterTime());
    out.time(r.moduleTime() + UNDER_WAY);
    out.int8(devices.session(device));
    out.float8(r.reading());
    out.float4(r.resource());
    out.float4(r.temperature());
    out.float4(r.battery());
    out.int4(r.measurementErrors());
    out.int4(r.temperatureErrors());
    out.int4(r.controlErrors());
    out.int4(r.calibrationErrors());
    out.int4(r.hardwareErrors());
    out.int4(r.status());
    out.int2(r.rssi());
    out.int2(r.band());
    out.int4(r.period());
    out.int8(r.sessionsTotal());
    out.int4(r.sessionsDay());
    out.int4(0); // nothing odd
    out.int8(devices.batch(row));
    out.int2(devices.frame(row));
    out.int2(0);
    out.int2(1);
  }
}
