package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.reading.BatteryForecast;
import org.kvantenergo.reading.DeviceOutlook;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** What follows from records, read by the archive's key. */
@ApplicationScoped
public class SqlDeviceOutlook implements DeviceOutlook {

  private static final String DOING = "looking ahead";
  private static final int SLICE = 1 << 12;

  // When the newest record was made: beyond it lie only clocks that cannot be right.
  private static final String NEWEST =
      """
      select s.module_time, s.period_minutes, s.status, s.measurement_errors, s.temperature_errors,
        s.control_errors, s.calibration_errors, s.hardware_errors
      from device d left join device_state s on s.device_id = d.id where %s
      """
          .formatted(VisibleDevice.CONDITION);

  private static final String LAST =
      """
      select r.received_at, r.status from reading r
      where r.device_id = ? and r.module_time <= ?
        and r.module_time > ?::timestamptz - make_interval(mins => 60 * ?) and r.marks & 1 = 0
      order by r.module_time desc, r.record_number desc limit 60
      """;

  private static final String DAYS =
      """
      select extract(epoch from date_bin('1 day', r.module_time, '1970-01-01T00:00:00Z'))::bigint
          / 86400 as day,
        percentile_cont(0.5) within group (order by r.battery) as volts,
        avg(r.temperature) filter (where r.temperature > -100 and r.temperature < 200) as celsius,
        max(r.sessions_total) as sessions
      from reading r
      where r.device_id = ? and r.module_time <= ? and r.module_time > ?::timestamptz - interval '400 days'
        and r.marks & 1 = 0 and r.battery > 1 and r.battery < 10
      group by 1 order by 1
      """;

  // The newest record without the bit, and the first one after it.
  private static final String RUN =
      """
      with off as (
        select r.module_time, r.record_number from reading r
        where r.device_id = ? and r.module_time <= ? and r.marks & 1 = 0 and r.%1$s & ? = 0
        order by r.module_time desc, r.record_number desc limit 1)
      select r.module_time, exists (select from off) as known from reading r
      where r.device_id = ? and r.module_time <= ? and r.marks & 1 = 0 and r.%1$s & ? <> 0
        and r.module_time >= coalesce((select module_time from off), '-infinity')
        and (r.module_time, r.record_number) > (coalesce((select module_time from off), '-infinity'),
          coalesce((select record_number from off), -1))
      order by r.module_time, r.record_number limit 1
      """;

  private static final List<String> COLUMNS =
      List.of(
          "measurement_errors",
          "temperature_errors",
          "control_errors",
          "calibration_errors",
          "hardware_errors");

  private final Sql sql;

  @Inject
  public SqlDeviceOutlook(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlDeviceOutlook() {
    this(null);
  }

  /** The newest record with a plausible clock; the time is null if there is none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Newest(Instant at, int period, int[] masks) {

    static Newest of(ResultSet r) throws SQLException {
      int[] masks = new int[COLUMNS.size()];
      for (int i = 0; i < masks.length; i++) {
        masks[i] = r.getInt(COLUMNS.get(i));
      }
      return new Newest(Sql.time(r, "module_time"), r.getInt("period_minutes"), masks);
    }
  }

  private Optional<Newest> newest(Scope scope, DeviceId device) {
    return sql.first(
        DOING, Newest::of, NEWEST, device.value(), scope.everything(), scope.organisation());
  }

  @Override
  public Optional<Expected> expected(Scope scope, DeviceId device) {
    return newest(scope, device)
        .filter(newest -> newest.at != null && newest.period > 0)
        .flatMap(newest -> expected(device, newest));
  }

  private record Came(Instant at, boolean slice) {}

  private Optional<Expected> expected(DeviceId device, Newest newest) {
    List<Came> all =
        sql.list(
            DOING,
            row -> new Came(Sql.time(row, "received_at"), (row.getInt("status") & SLICE) != 0),
            LAST,
            device.value(),
            newest.at,
            newest.at,
            newest.period);
    List<Came> slices = all.stream().filter(Came::slice).toList();
    List<Instant> came = (slices.isEmpty() ? all : slices).stream().map(Came::at).toList();
    return came.isEmpty()
        ? Optional.empty()
        : Optional.of(new Expected(Rhythm.next(came, newest.period), newest.period));
  }

  @Override
  public Optional<BatteryForecast> battery(Scope scope, DeviceId device) {
    return newest(scope, device)
        .map(
            newest ->
                BatteryModel.of(newest.at == null ? List.of() : days(device.value(), newest.at)));
  }

  private List<BatteryModel.Day> days(long device, Instant until) {
    return sql.list(
        DOING,
        row -> {
          double celsius = row.getDouble("celsius");
          return new BatteryModel.Day(
              row.getLong("day"),
              row.getDouble("volts"),
              row.wasNull() || Double.isNaN(celsius) ? Double.NaN : celsius,
              row.getLong("sessions"));
        },
        DAYS,
        device,
        until,
        until);
  }

  @Override
  public List<ErrorRun> errors(Scope scope, DeviceId device) {
    List<ErrorRun> runs = new ArrayList<>();
    newest(scope, device)
        .filter(newest -> newest.at != null && Arrays.stream(newest.masks).anyMatch(m -> m != 0))
        .ifPresent(
            newest -> {
              for (int i = 0; i < newest.masks.length; i++) {
                for (int bit = 0; bit < Short.SIZE; bit++) {
                  if ((newest.masks[i] & 1 << bit) != 0) {
                    runs.add(run(device.value(), newest, i, bit));
                  }
                }
              }
            });
    return runs;
  }

  private ErrorRun run(long device, Newest newest, int mask, int bit) {
    Object[] values = {
      device, newest.at, 1 << bit, device, newest.at, 1 << bit,
    };
    return sql.first(
            DOING,
            row ->
                new ErrorRun(
                    Incidents.MASKS.get(mask),
                    bit,
                    newest.masks[mask],
                    Sql.time(row, "module_time"),
                    row.getBoolean("known"),
                    newest.at),
            RUN.formatted(COLUMNS.get(mask)),
            values)
        .orElse(
            new ErrorRun(
                Incidents.MASKS.get(mask), bit, newest.masks[mask], newest.at, false, newest.at));
  }
}
