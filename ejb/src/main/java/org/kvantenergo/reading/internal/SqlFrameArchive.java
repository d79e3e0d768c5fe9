package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.reading.Evidence;
import org.kvantenergo.reading.FrameArchive;
import org.kvantenergo.reading.RecordKey;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.Scope;

/** Looks for one record by its key, and for its frame among the records of its device. */
@ApplicationScoped
public class SqlFrameArchive implements FrameArchive {

  private static final String FIND =
      """
      select r.*, d.kind, d.serial, p.times, p.last_at, p.last_session
      from device d
      join reading r on r.device_id = d.id
      left join reading_repeat p on p.device_id = r.device_id and p.module_time = r.module_time
        and p.record_number = r.record_number and p.digest = r.digest
      where %s and r.module_time = ? and r.record_number = ? and r.digest = ?
      """
          .formatted(VisibleDevice.CONDITION);

  // A repeat knows only the frame that brought it last.
  private static final String FRAME =
      """
      select r.* from reading r
      where r.device_id = ? and r.module_time between ? and ? and r.batch_id = ? and r.frame = ?
      union all
      select r.device_id, r.module_time, r.record_number, r.digest, r.meter_time, p.last_at,
        p.last_session, r.reading, r.resource, r.temperature, r.battery, r.measurement_errors,
        r.temperature_errors, r.control_errors, r.calibration_errors, r.hardware_errors, r.status,
        r.rssi, r.band, r.period_minutes, r.sessions_total, r.sessions_day, r.marks, r.raw,
        p.last_batch, p.last_frame, p.last_position, null
      from reading_repeat p
      join reading r on r.device_id = p.device_id and r.module_time = p.module_time
        and r.record_number = p.record_number and r.digest = p.digest
      where p.device_id = ? and p.last_batch = ? and p.last_frame = ?
      """;

  private static final long MOST_IN_A_FRAME = 64;
  private static final long DAY = 86_400;

  // What u32 seconds can say.
  private static final long FIRST = 0;
  private static final long LAST = 0xFFFF_FFFFL;

  private final DataSource dataSource;

  @Inject
  public SqlFrameArchive(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlFrameArchive() {
    this(null);
  }

  @Override
  public Optional<Archived> find(Scope scope, DeviceId device, RecordKey key) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      int place = VisibleDevice.bind(find, scope, device);
      find.setObject(place, key.moduleTime().atOffset(ZoneOffset.UTC));
      find.setLong(place + 1, key.recordNumber());
      find.setLong(place + 2, key.digest());
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? Optional.of(archived(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking up a record of device " + device.value(), e);
    }
  }

  /**
   * The records of a frame are nearly always neighbours in time, which the key of the archive finds
   * at once; only if some are missing there, all of the device's are gone through.
   */
  @Override
  public List<MeterRecord> frame(MeterRecord record) {
    long around = MOST_IN_A_FRAME * 60 * record.periodMinutes() + DAY;
    List<MeterRecord> near =
        frame(
            record,
            Math.max(FIRST, record.moduleTime() - around),
            Math.min(LAST, record.moduleTime() + around));
    long positions = near.stream().mapToInt(r -> r.place().position()).distinct().count();
    return positions == record.place().records() ? near : frame(record, FIRST, LAST);
  }

  private List<MeterRecord> frame(MeterRecord record, long from, long to) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement frame = connection.prepareStatement(FRAME)) {
      frame.setLong(1, record.device().value());
      frame.setObject(2, Instant.ofEpochSecond(from).atOffset(ZoneOffset.UTC));
      frame.setObject(3, Instant.ofEpochSecond(to).atOffset(ZoneOffset.UTC));
      frame.setLong(4, record.place().batchId());
      frame.setInt(5, record.place().frame());
      frame.setLong(6, record.device().value());
      frame.setLong(7, record.place().batchId());
      frame.setInt(8, record.place().frame());
      List<MeterRecord> records = new ArrayList<>();
      try (ResultSet row = frame.executeQuery()) {
        while (row.next()) {
          records.add(record(row));
        }
      }
      return records;
    } catch (SQLException e) {
      throw new DatabaseException("looking up a frame of device " + record.device().value(), e);
    }
  }

  private static Archived archived(ResultSet row) throws SQLException {
    MeterRecord record = record(row);
    long times = row.getLong("times");
    return new Archived(
        record,
        DeviceRow.Kind.valueOf(row.getString("kind")),
        row.getLong("serial"),
        times == 0
            ? null
            : new Evidence.Repeats(times, time(row, "last_at"), row.getLong("last_session")));
  }

  private static MeterRecord record(ResultSet r) throws SQLException {
    return new MeterRecord(
        new DeviceId(r.getLong("device_id")),
        r.getLong("session_id"),
        place(r),
        time(r, "received_at"),
        r.getLong("digest"),
        r.getBytes("raw"),
        r.getLong("record_number"),
        time(r, "module_time").getEpochSecond(),
        time(r, "meter_time").getEpochSecond(),
        r.getDouble("reading"),
        r.getFloat("resource"),
        r.getFloat("temperature"),
        r.getFloat("battery"),
        r.getInt("measurement_errors"),
        r.getInt("temperature_errors"),
        r.getInt("control_errors"),
        r.getInt("calibration_errors"),
        r.getInt("hardware_errors"),
        r.getInt("status"),
        r.getInt("rssi"),
        r.getInt("band"),
        r.getInt("period_minutes"),
        r.getLong("sessions_total"),
        r.getInt("sessions_day"));
  }

  private static MeterRecord.Place place(ResultSet r) throws SQLException {
    long batch = r.getLong("batch_id");
    return r.wasNull()
        ? null
        : new MeterRecord.Place(
            batch, r.getInt("frame"), r.getInt("position"), r.getInt("frame_records"));
  }

  private static Instant time(ResultSet r, String column) throws SQLException {
    return r.getObject(column, OffsetDateTime.class).toInstant();
  }
}
