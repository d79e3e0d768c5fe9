package org.kvantenergo.reading.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kvantenergo.device.ErrorDictionary.Mask;
import org.kvantenergo.device.Thresholds;
import org.kvantenergo.reading.ReadingSeries.Gap;
import org.kvantenergo.reading.ReadingSeries.Incident;
import org.kvantenergo.reading.ReadingSeries.Kind;
import org.kvantenergo.shared.Sql;

/**
 * What changed from one record of a device to the next within a time: only such records leave the
 * database. Used by one thread.
 */
final class Incidents {

  /** The masks of a record in the order of its columns. */
  static final List<Mask> MASKS =
      List.of(Mask.MEASUREMENT, Mask.TEMPERATURE, Mask.CONTROL, Mask.CALIBRATION, Mask.HARDWARE);

  private static final String DOING = "reading what happened";
  private static final float LOW = Thresholds.BATTERY_LOW;
  private static final float EMPTY = Thresholds.BATTERY_EMPTY;

  /** A voltage that goes to and fro about a threshold tells it once. */
  private static final Duration QUIET = Duration.ofDays(1);

  private static final int MODE = 1 << 14;

  // The record before the time, and the last valid one before it, so that what happens at its
  // beginning is seen; a month back at most, so that no more partitions are read.
  private static final String CHANGES =
      """
      with asked as (select ?::bigint as device, ?::timestamptz as since, ?::timestamptz as until),
      around as materialized (
        (select r.* from reading r, asked a where r.device_id = a.device
            and r.module_time >= a.since - interval '31 days' and r.module_time < a.since
            and r.marks & 1 = 0 order by r.module_time desc, r.record_number desc limit 1)
        union
        (select r.* from reading r, asked a where r.device_id = a.device
            and r.module_time >= a.since - interval '31 days' and r.module_time < a.since
            and r.marks & 1 = 0 and r.status & 1 = 1 and r.reading >= 0 and r.reading < 'Infinity'
            order by r.module_time desc, r.record_number desc limit 1)
        union all
        (select r.* from reading r, asked a where r.device_id = a.device
            and r.module_time >= a.since and r.module_time < a.until and r.marks & 1 = 0)),
      -- Once: nothing tells the planner that it is short.
      fell as materialized (
        select module_time, record_number, digest, before - reading as fell from (
          select module_time, record_number, digest, reading, lag(reading) over w as before
          from around where status & 1 = 1 and reading >= 0 and reading < 'Infinity'
          window w as (order by module_time, record_number, digest)) t where reading < before),
      told as (
        select r.*, lag(module_time) over w as was_at, lag(period_minutes) over w as was_period,
          lag(status) over w as was_status, lag(battery) over w as was_battery,
          array[measurement_errors, temperature_errors, control_errors, calibration_errors,
            hardware_errors] as masks,
          lag(array[measurement_errors, temperature_errors, control_errors, calibration_errors,
            hardware_errors]) over w as was_masks
        from around r window w as (order by module_time, record_number, digest))
      select t.module_time, t.status, t.battery, t.masks, t.was_at, t.was_period, t.was_status,
        t.was_battery, t.was_masks, f.fell
      from told t join asked a on t.module_time >= a.since
      left join fell f using (module_time, record_number, digest)
      where t.was_at is null
        or t.module_time - t.was_at > make_interval(secs => 90 * t.was_period)
        or t.masks <> t.was_masks or (t.status # t.was_status) & 16384 <> 0 or f.fell is not null
        or (t.battery <= ?::real and t.was_battery > ?::real)
        or (t.battery <= ?::real and t.was_battery > ?::real)
      order by t.module_time desc, t.record_number desc limit 500
      """;

  private static final String NEWEST =
      """
      select r.module_time, r.period_minutes from reading r
      where r.device_id = ? and r.module_time >= ?::timestamptz - interval '31 days'
        and r.module_time < ? and r.marks & 1 = 0
      order by r.module_time desc, r.record_number desc limit 1
      """;

  private final Sql sql;
  private final long device;
  private final Instant from;
  private final Instant until;
  private final List<Change> changes;

  Incidents(Sql sql, long device, Instant from, Instant until) {
    this.sql = sql;
    this.device = device;
    this.from = from;
    this.until = until;
    this.changes =
        new ArrayList<>(
            sql.list(DOING, Change::of, CHANGES, device, from, until, LOW, LOW, EMPTY, EMPTY));
    Collections.reverse(changes);
  }

  /** A record and what was before; the earlier part is null for the first of the archive. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(
      Instant at,
      int status,
      float battery,
      Integer[] masks,
      Instant wasAt,
      int wasPeriod,
      int wasStatus,
      float wasBattery,
      Integer[] wasMasks,
      Double fell) {

    static Change of(ResultSet r) throws SQLException {
      boolean first = r.getArray("was_masks") == null;
      return new Change(
          Sql.time(r, "module_time"),
          r.getInt("status"),
          r.getFloat("battery"),
          (Integer[]) r.getArray("masks").getArray(),
          Sql.time(r, "was_at"),
          r.getInt("was_period"),
          r.getInt("was_status"),
          r.getFloat("was_battery"),
          first ? null : (Integer[]) r.getArray("was_masks").getArray(),
          r.getObject("fell", Double.class));
    }

    /** More than one and a half periods; a period of 0 is not known. */
    boolean gap() {
      return wasAt != null
          && wasPeriod > 0
          && Duration.between(wasAt, at).toSeconds() > 90L * wasPeriod;
    }
  }

  /** Times without records, until a moment. */
  List<Gap> gaps(Instant end) {
    List<Gap> gaps = new ArrayList<>();
    changes.stream().filter(Change::gap).forEach(c -> gaps.add(new Gap(c.wasAt, c.at)));
    boolean early = !changes.isEmpty() && changes.get(0).wasAt == null;
    if (early && Duration.between(from, changes.get(0).at).toMinutes() > 0) {
      gaps.add(0, new Gap(from, changes.get(0).at));
    }
    sql.first(
            DOING,
            row -> new Gap(Sql.time(row, "module_time"), end(row, end)),
            NEWEST,
            device,
            from,
            until)
        .ifPresentOrElse(
            last -> {
              if (last.until() != null) {
                gaps.add(last);
              }
            },
            () -> {
              if (from.isBefore(end)) {
                gaps.add(new Gap(from, end));
              }
            });
    return gaps;
  }

  private static Instant end(ResultSet row, Instant end) throws SQLException {
    int period = row.getInt("period_minutes");
    long silent = Duration.between(Sql.time(row, "module_time"), end).toSeconds();
    return period > 0 && silent > 90L * period ? end : null;
  }

  /** What happened, in order. */
  List<Incident> list() {
    List<Incident> list = new ArrayList<>();
    Instant low = Instant.EPOCH;
    for (Change c : changes) {
      if (c.wasMasks == null) {
        continue;
      }
      errors(c, list);
      if (c.fell != null) {
        list.add(new Incident(c.at, Kind.READING_FELL, null, 0, c.fell));
      }
      if (((c.status ^ c.wasStatus) & MODE) != 0) {
        Kind kind = (c.status & MODE) != 0 ? Kind.MODE_OPENED : Kind.MODE_CLOSED;
        list.add(new Incident(c.at, kind, null, 0, 0));
      }
      boolean empty = c.battery <= EMPTY && c.wasBattery > EMPTY;
      boolean fallen = empty || (c.battery <= LOW && c.wasBattery > LOW);
      if (fallen && (empty || Duration.between(low, c.at).compareTo(QUIET) > 0)) {
        list.add(
            new Incident(c.at, empty ? Kind.BATTERY_EMPTY : Kind.BATTERY_LOW, null, 0, c.battery));
        low = c.at;
      }
    }
    return list;
  }

  private static void errors(Change c, List<Incident> list) {
    for (int i = 0; i < c.masks.length; i++) {
      int began = c.masks[i] & ~c.wasMasks[i];
      int ended = c.wasMasks[i] & ~c.masks[i];
      Mask mask = MASKS.get(i);
      if (began != 0) {
        list.add(new Incident(c.at, Kind.ERRORS_BEGAN, mask, began, 0));
      }
      if (ended != 0) {
        list.add(new Incident(c.at, Kind.ERRORS_ENDED, mask, ended, 0));
      }
    }
  }
}
