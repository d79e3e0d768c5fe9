package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.device.Thresholds;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** Reads all that is counted of the fleet of a scope. Safe for any thread. */
@ApplicationScoped
@Transactional
public class FleetReader {

  private static final String DOING = "counting the fleet";
  private static final Duration BEFORE_HOUR = Duration.ofMinutes(1);
  private static final Duration AFTER_HOUR = Duration.ofMinutes(4);

  /** Registered devices that ever reported: what is asked of the registry stands in the states. */
  private static final String STATES = "from device_state s where s.part = 1 and %s";

  // Ordering a million rows by what is not known beforehand is what the planner else comes to.
  private static final String NO_SORT = "set local enable_sort = off";

  // One pass: a row a device is reduced to five small numbers, by which it is counted. Moments are
  // compared and not subtracted, and the period that nearly all have is compared with a moment that
  // is known beforehand: that is most of what a device costs.
  private static final String CELLS =
      """
      with blocked as materialized (select id from device where state = 'BLOCKED')
      select coalesce(e.group_id, 0) as group_id, e.hour, e.flags, e.battery, e.rssi,
        count(*) as devices
      from (select s.group_id, case when s.received_at is null then -1 %2$s else %3$d end as hour,
          case when s.period_minutes > 0 and s.received_at < %4$s then %6$d else 0 end
          + case when s.received_at >= '%12$s' or s.period_minutes > 0 and s.received_at < %5$s
              and s.device_id not in (select id from blocked) then %7$d else 0 end
          + case when %10$s then %8$d else 0 end + case when %11$s then %9$d else 0 end as flags,
          case when s.battery <= 'Infinity' then width_bucket(s.battery::float8, '%13$s'::float8[])
            else -1 end as battery,
          coalesce(width_bucket(s.rssi::float8, '%14$s'::float8[]), -1) as rssi
        %1$s) e
      group by e.group_id, e.hour, e.flags, e.battery, e.rssi
      """;

  private static final String NEVER =
      """
      select coalesce(d.group_id, 0) as group_id, count(*) as devices from device d
      where not d.reported and d.state in ('REGISTERED', 'BLOCKED') and %s group by d.group_id
      """;

  /** So many periods before a moment: where that is known for the usual ones, without computing. */
  private static final String PERIODS_BEFORE =
      """
      case s.period_minutes when 60 then '%2$s'::timestamptz
        else '%1$s'::timestamptz - s.period_minutes * interval '%3$d min' end
      """;

  private static final String MASKS =
      """
      select coalesce(s.group_id, 0) as group_id, s.measurement_errors, s.temperature_errors,
        s.control_errors, s.calibration_errors, s.hardware_errors, count(*) as devices
      %s and s.errors group by 1, 2, 3, 4, 5, 6
      """;

  private static final String SECONDS =
      """
      select coalesce(s.group_id, 0) as group_id, date_trunc('second', s.received_at) as at,
        count(*) as devices
      %s and s.received_at >= ? and s.received_at < ? group by 1, 2
      """;

  private static final String PAST =
      """
      select coalesce(f.group_id, 0) as group_id, f.hour as at, f.devices
      from fleet_hour f where f.hour >= ? and %s
      """;

  private static final String COUNTED =
      "select hour from fleet_hour_counted where hour >= ? order by hour";

  private final Sql sql;

  /** With the database. */
  @Inject
  public FleetReader(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected FleetReader() {
    this(null);
  }

  /** All that the scope sees, at a moment. */
  public FleetCube read(Scope scope, Instant now) {
    sql.update(DOING, NO_SORT);
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Instant first = before(hour, FleetCube.HOURS - 1);
    String states = STATES.formatted(InScope.of(scope, "s.organisation_id"));
    return new FleetCube(
        now,
        cells(scope, states, now, hour),
        sql.list(DOING, FleetReader::masks, MASKS.formatted(states)),
        sql.list(
            DOING,
            row -> new FleetCube.Beat(row.getLong(1), Sql.time(row, "at"), row.getLong(3)),
            SECONDS.formatted(states),
            hour.minus(BEFORE_HOUR),
            hour.plus(AFTER_HOUR)),
        sql.list(
            DOING,
            row -> new FleetCube.Past(row.getLong(1), Sql.time(row, "at"), row.getLong(3)),
            PAST.formatted(InScope.of(scope, "f.organisation_id")),
            first),
        sql.list(DOING, row -> Sql.time(row, "hour"), COUNTED, first));
  }

  private List<FleetCube.Cell> cells(Scope scope, String states, Instant now, Instant hour) {
    String hours =
        IntStream.range(0, FleetCube.HOURS)
            .mapToObj(h -> "when s.received_at >= '%s' then %d".formatted(before(hour, h), h))
            .collect(Collectors.joining(" "));
    String statement =
        CELLS.formatted(
            states,
            hours,
            FleetCube.HOURS,
            periodsBefore(now, Thresholds.SILENT_PERIODS),
            periodsBefore(hour.plus(1, ChronoUnit.HOURS), 1),
            FleetCube.SILENT,
            FleetCube.DUE,
            FleetCube.ERRORS,
            FleetCube.OPEN,
            Conditions.ERRORS,
            Conditions.OPEN,
            hour,
            ends(FleetCube.VOLTS.stream().map(volts -> (double) Math.nextUp(volts)).toList()),
            ends(FleetCube.DBM));
    List<FleetCube.Cell> cells = new ArrayList<>(sql.list(DOING, FleetReader::cell, statement));
    cells.addAll(sql.list(DOING, FleetReader::never, NEVER.formatted(VisibleDevice.seen(scope))));
    return cells;
  }

  private static FleetCube.Cell cell(ResultSet row) throws SQLException {
    return new FleetCube.Cell(
        row.getLong("group_id"),
        row.getInt("hour"),
        row.getInt("flags"),
        row.getInt("battery"),
        row.getInt("rssi"),
        row.getLong("devices"));
  }

  private static FleetCube.Cell never(ResultSet row) throws SQLException {
    return new FleetCube.Cell(row.getLong("group_id"), -1, 0, -1, -1, row.getLong("devices"));
  }

  private static Instant before(Instant hour, int hours) {
    return hour.minus(hours, ChronoUnit.HOURS);
  }

  private static String periodsBefore(Instant moment, int periods) {
    return PERIODS_BEFORE.formatted(moment, before(moment, periods), periods);
  }

  private static String ends(List<? extends Number> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  private static FleetCube.Masks masks(ResultSet row) throws SQLException {
    Map<ErrorKind, Integer> values = new EnumMap<>(ErrorKind.class);
    for (ErrorKind mask : ErrorKind.values()) {
      values.put(mask, row.getInt(values.size() + 2));
    }
    return new FleetCube.Masks(row.getLong("group_id"), values, row.getLong("devices"));
  }
}
