package org.kvantenergo.registry.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.Thresholds;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteMap;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** The map is cut and gathered in SQL: a page gets its marks, whatever stands in the box. */
@ApplicationScoped
public class SqlSiteMap implements SiteMap {

  /** As the statements number them. */
  private static final List<State> STATES = List.of(State.values());

  private static final String DOING = "drawing the map";

  /** Cells along the longer side of a box at least and at most half of; 21 × 21 are below 500. */
  private static final int CELLS = 20;

  /** By {@link State}, from device d and its state s. */
  private static final String STATE =
      """
      case when s.received_at is null then 0
        when s.hardware_errors <> 0 or s.battery <= %s::real
          or s.period_minutes > 0 and ?::timestamptz - s.received_at > make_interval(mins => %d * s.period_minutes) then 4
        when s.errors or s.battery <= %s::real
          or s.period_minutes > 0 and ?::timestamptz - s.received_at > make_interval(mins => %d * s.period_minutes) then 3
        when s.status & 16384 <> 0 then 2 else 1 end
      """
          .formatted(
              Float.toString(Thresholds.BATTERY_EMPTY),
              Thresholds.LOST_PERIODS,
              Float.toString(Thresholds.BATTERY_LOW),
              Thresholds.SILENT_PERIODS);

  /** From {@code here} (id, and what it is shown with) down to where nothing has its own place. */
  private static final String DOWN =
      """
      union all
        select c.id, h.located from here h join site c on c.parent_id = h.id where c.latitude is null)
      """;

  private static final String MODULES =
      """
      left join meter_place p on p.site_id = h.id and p.valid @> ?::timestamptz
      left join meter_device f on f.meter_id = p.meter_id and f.valid @> ?::timestamptz
      left join device d on d.id = f.device_id and d.state in ('REGISTERED', 'BLOCKED') and %s
      left join device_state s on s.device_id = d.id
      """;

  private static final String BOUNDS =
      """
      select min(s.latitude) as south, min(s.longitude) as west, max(s.latitude) as north,
        max(s.longitude) as east
      from site s where s.longitude is not null and %s having count(*) > 0
      """;

  // Modules are counted at each site first: a cell then adds up sites, and does not count them
  // again
  // for each of their meters.
  private static final String MARKS =
      """
      with recursive here as (
        select s.id, s.id as located from site s
        where s.longitude between ? and ? and s.latitude between ? and ? and %1$s
      %2$s, counted as (
        select h.located, count(p.meter_id) as meters, count(d.id) as modules,
          max(case when d.id is null then 0 else %3$s end) as state
        from here h %4$s group by h.located)
      select avg(s.latitude) as latitude, avg(s.longitude) as longitude, count(*) as sites,
        sum(c.meters) as meters, sum(c.modules) as modules, max(c.state) as state, min(s.id) as one
      from counted c join site s on s.id = c.located
      group by floor(s.longitude / ?), floor(s.latitude / ?) order by 1, 2 limit %5$d
      """;

  private static final String FITTED =
      """
      with recursive here as (
        select s.id, s.id as located from site s where s.id = ? and s.longitude is not null and %1$s
      %2$s, found as (
        select w.address, p.place, m.type, m.serial, m.id as meter, coalesce(d.id, 0) as device,
          coalesce(d.serial, 0) as number, case when d.id is null then 0 else %3$s end as state
        from here h join site w on w.id = h.id %4$s join meter m on m.id = p.meter_id)
      """;

  private final Sql sql;

  /** With the database. */
  @Inject
  public SqlSiteMap(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlSiteMap() {
    this(null);
  }

  @Override
  public Optional<Box> bounds(Scope scope) {
    return sql.first(
        DOING,
        row ->
            new Box(
                row.getDouble("south"),
                row.getDouble("west"),
                row.getDouble("north"),
                row.getDouble("east")),
        BOUNDS.formatted(sites(scope)));
  }

  @Override
  public List<Mark> marks(Scope scope, Box box, Instant at) {
    double step = step(box);
    return sql.list(
        DOING,
        SqlSiteMap::mark,
        MARKS.formatted(sites(scope), DOWN, STATE, modules(scope), MOST_MARKS),
        box.west(),
        box.east(),
        box.south(),
        box.north(),
        at,
        at,
        at,
        at,
        step,
        step);
  }

  /** The side of a cell, degrees: a power of two, so that the cells stay where they are. */
  static double step(Box box) {
    double side = Math.max(box.east() - box.west(), box.north() - box.south());
    double least = Math.max(side / CELLS, 1e-6);
    return Math.pow(2, Math.ceil(Math.log(least) / Math.log(2)));
  }

  @Override
  public Page<Fitted> fitted(Scope scope, SiteId site, Instant at, Slice slice) {
    String found = FITTED.formatted(sites(scope), DOWN, STATE, modules(scope));
    List<Fitted> rows =
        sql.list(
            DOING,
            SqlSiteMap::fitted,
            found + "select * from found order by state desc, address, place limit ? offset ?",
            site.value(),
            at,
            at,
            at,
            at,
            slice.limit(),
            slice.offset());
    long total =
        sql.list(
                DOING,
                row -> row.getLong(1),
                found + "select count(*) from found",
                site.value(),
                at,
                at,
                at,
                at)
            .get(0);
    return new Page<>(rows, total);
  }

  private static Mark mark(ResultSet row) throws SQLException {
    return new Mark(
        row.getDouble("latitude"),
        row.getDouble("longitude"),
        row.getLong("sites"),
        row.getLong("meters"),
        row.getLong("modules"),
        STATES.get(row.getInt("state")),
        new SiteId(row.getLong("one")));
  }

  private static Fitted fitted(ResultSet row) throws SQLException {
    return new Fitted(
        row.getString("address"),
        row.getString("place"),
        row.getString("type"),
        row.getString("serial"),
        new MeterId(row.getLong("meter")),
        row.getLong("device"),
        row.getLong("number"),
        STATES.get(row.getInt("state")));
  }

  private static String sites(Scope scope) {
    return InScope.of(scope, "s.organisation_id");
  }

  private static String modules(Scope scope) {
    return MODULES.formatted(VisibleDevice.seen(scope));
  }
}
