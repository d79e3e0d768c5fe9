package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.shared.Sql;

/**
 * Counts who reported in an hour that is over. A day of records of a large fleet is tens of
 * millions of rows; what the log of events says of them is some thousand, each with the devices of
 * many batches, and an hour that is over does not change any more. Safe for any thread and node:
 * the first to name an hour counts it.
 */
@ApplicationScoped
@Transactional
public class FleetHours {

  /** For batches that are on their way when the hour ends, and for the relay. */
  static final Duration GRACE = Duration.ofMinutes(1);

  private static final String DOING = "counting an hour of the fleet";
  private static final int KEPT_DAYS = 7;

  private static final String MISSING =
      """
      select h.hour from generate_series(?::timestamptz, ?::timestamptz, '1 hour') as h(hour)
      where not exists (select from fleet_hour_counted c where c.hour = h.hour) order by h.hour desc
      """;

  private static final String CLAIM =
      "insert into fleet_hour_counted (hour) values (?) on conflict do nothing";

  private static final String COUNT =
      """
      insert into fleet_hour (hour, organisation_id, group_id, devices)
      select ?, d.organisation_id, d.group_id, count(*)
      from (select distinct jsonb_array_elements(e.body -> 'devices')::bigint as id from event_log e
        where e.kind = 'READINGS_STORED' and e.logged_at >= ? and e.logged_at < ?) told
      join device d on d.id = told.id
      where d.state in ('REGISTERED', 'BLOCKED')
      group by d.organisation_id, d.group_id
      """;

  private final Sql sql;

  /** With the database. */
  @Inject
  public FleetHours(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected FleetHours() {
    this(null);
  }

  /** The hours of the last day that are over and have not been counted, the latest first. */
  public List<Instant> missing(Instant now) {
    Instant current = now.minus(GRACE).truncatedTo(ChronoUnit.HOURS);
    return sql.list(
        DOING,
        row -> Sql.time(row, "hour"),
        MISSING,
        current.minus(FleetCube.HOURS - 1, ChronoUnit.HOURS),
        current.minus(1, ChronoUnit.HOURS));
  }

  /**
   * Counts an hour, unless somebody has or is at it, and forgets those of a week ago.
   *
   * @param hour its beginning
   */
  public void count(Instant hour) {
    if (sql.update(DOING, CLAIM, hour) == 1) {
      sql.update(DOING, COUNT, hour, hour, hour.plus(1, ChronoUnit.HOURS));
      sql.update(
          DOING,
          "delete from fleet_hour_counted where hour < ?",
          hour.minus(KEPT_DAYS, ChronoUnit.DAYS));
    }
  }
}
