package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.reading.ReadingSeries;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** Series out of the archive: buckets and incidents are made in SQL, by the archive's key. */
@ApplicationScoped
public class SqlReadingSeries implements ReadingSeries {

  private static final String DOING = "reading a series";

  /** Whole parts of hours and days, so that a bucket says a time that people know. */
  private static final long[] LENGTHS = {
    60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600
  };

  private static final String SEES = "select d.id from device d where " + VisibleDevice.CONDITION;

  // NaN is bigger than infinity here, so a comparison with both leaves it out.
  private static final String THINNED =
      """
      select min(module_time) as first_at, max(module_time) as last_at, count(*) as records,
        min(reading) as reading_min, max(reading) as reading_max,
        max(module_time) filter (where reading is not null) as reading_at,
        (array_agg(reading order by module_time desc, record_number desc)
          filter (where reading is not null))[1] as reading_last,
        min(temperature) as temperature_min, max(temperature) as temperature_max,
        (array_agg(temperature order by module_time desc, record_number desc)
          filter (where temperature is not null))[1] as temperature_last,
        min(battery) as battery_min, max(battery) as battery_max,
        (array_agg(battery order by module_time desc, record_number desc)
          filter (where battery is not null))[1] as battery_last,
        min(rssi) as rssi_min, max(rssi) as rssi_max,
        (array_agg(rssi order by module_time desc, record_number desc))[1] as rssi_last
      from (
        select date_bin(make_interval(secs => ?), r.module_time, '1970-01-01T00:00:00Z') as bucket,
          r.module_time, r.record_number, r.rssi,
          case when r.status & 1 = 1 and r.reading >= 0 and r.reading < 'Infinity'
            then r.reading end as reading,
          case when r.temperature > '-Infinity' and r.temperature < 'Infinity'
            then r.temperature end as temperature,
          case when r.battery > '-Infinity' and r.battery < 'Infinity'
            then r.battery end as battery
        from reading r
        where r.device_id = ? and r.module_time >= ? and r.module_time < ? and r.marks & 1 = 0) raw
      group by bucket order by bucket
      """;

  private static final String BEFORE =
      """
      select r.module_time, r.reading from reading r
      where r.device_id = ? and r.module_time >= ?::timestamptz - interval '31 days'
        and r.module_time < ? and r.marks & 1 = 0
        and r.status & 1 = 1 and r.reading >= 0 and r.reading < 'Infinity'
      order by r.module_time desc, r.record_number desc limit 1
      """;

  private final Sql sql;
  private final Clock clock;

  @Inject
  public SqlReadingSeries(DataSource dataSource, Clock clock) {
    this.sql = new Sql(dataSource);
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlReadingSeries() {
    this(null, null);
  }

  @Override
  public Optional<Series> of(Scope scope, DeviceId device, Instant from, Instant until) {
    if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("no time of a series");
    }
    boolean seen = sql.any(DOING, SEES, device.value(), scope.everything(), scope.organisation());
    return seen ? Optional.of(read(device.value(), from, until)) : Optional.empty();
  }

  private Series read(long device, Instant from, Instant until) {
    long seconds = length(Duration.between(from, until).toSeconds());
    List<Total> before =
        sql.list(
            DOING,
            row -> new Total(Sql.time(row, "module_time"), row.getDouble("reading")),
            BEFORE,
            device,
            from,
            from);
    Usage usage = new Usage(before.isEmpty() ? null : before.get(0));
    List<Point> points =
        sql.list(DOING, row -> point(row, usage), THINNED, (double) seconds, device, from, until);
    Incidents incidents = new Incidents(sql, device, from, until);
    return new Series(
        Duration.ofSeconds(seconds),
        points,
        incidents.gaps(earlier(clock.instant(), until)),
        incidents.list());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static long length(long span) {
    return LongStream.of(LENGTHS)
        .filter(each -> span <= each * BUCKETS)
        .findFirst()
        .orElse(LENGTHS[LENGTHS.length - 1]);
  }

  private record Total(Instant at, double reading) {}

  /** What was used between the last valid readings of buckets. Used by one thread. */
  private static final class Usage {

    private Total before;

    Usage(Total before) {
      this.before = before;
    }

    Optional<Total> next(Total now) {
      Optional<Total> used =
          before == null || now.reading < before.reading
              ? Optional.empty()
              : Optional.of(new Total(before.at, now.reading - before.reading));
      before = now;
      return used;
    }
  }

  private static Point point(ResultSet row, Usage usage) throws SQLException {
    Range reading = range(row, "reading");
    Instant at = Sql.time(row, "reading_at");
    Optional<Total> used =
        reading == null ? Optional.empty() : usage.next(new Total(at, reading.last()));
    return new Point(
        Sql.time(row, "first_at"),
        Sql.time(row, "last_at"),
        row.getInt("records"),
        reading,
        used.map(Total::reading).orElse(null),
        used.map(Total::at).orElse(null),
        at,
        range(row, "temperature"),
        range(row, "battery"),
        range(row, "rssi"));
  }

  private static Range range(ResultSet row, String name) throws SQLException {
    double least = row.getDouble(name + "_min");
    return row.wasNull()
        ? null
        : new Range(least, row.getDouble(name + "_max"), row.getDouble(name + "_last"));
  }
}
