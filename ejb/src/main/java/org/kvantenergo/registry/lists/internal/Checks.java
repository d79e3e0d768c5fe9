package org.kvantenergo.registry.lists.internal;

import java.util.List;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** What contradicts within a list and against the base, as statements over all its lines. */
final class Checks {

  private static final String DOING = "checking a list of meters";

  // Times are those of the site as it is known; only one that is made takes what its line says.
  private static final String RESOLVE =
      """
      update meter_list_line l set site_id = r.site_id, meter_id = r.meter_id, device_id = r.device_id,
        at_zone = r.at_zone, placed_at = l.installed at time zone r.at_zone,
        fitted_at = l.fitted at time zone r.at_zone
      from (
        select l.line, s.id as site_id, m.id as meter_id, d.id as device_id,
          coalesce(s.zone, stands.zone, l.zone, t.zone) as at_zone
        from meter_list t
        join meter_list_line l on l.list_id = t.id
        left join site s on s.organisation_id = t.organisation_id and lower(s.address) = lower(l.address)
        left join meter m on m.organisation_id = t.organisation_id
          and lower(m.type) = lower(l.type) and lower(m.serial) = lower(l.serial)
        left join meter_place p on p.meter_id = m.id and upper_inf(p.valid) and l.address is null
        left join site stands on stands.id = p.site_id
        left join device d on d.serial = l.module and d.state in ('REGISTERED', 'BLOCKED') and %s
        where t.id = ?) r
      where l.list_id = ? and l.line = r.line
        and (l.site_id, l.meter_id, l.device_id, l.at_zone) is distinct from
          (r.site_id, r.meter_id, r.device_id, r.at_zone)
      """;

  // A line with a cell that cannot be is not looked at any further: half a line contradicts much.
  private static final String ERROR =
      """
      insert into meter_list_error (list_id, line, column_name, code, value)
      select f.list_id, f.line, '%s', '%s', left(coalesce((%s)::text, ''), 100) from %s
      where f.list_id = ? and not f.bad and (%s)
      """;

  // Every check asks what holds now: it is looked up once.
  private static final String LOOK =
      "create temp table meter_list_now on commit drop as select * from meter_list_found where list_id = %d";

  private static final String FOUND = "meter_list_now f";
  private static final String LINES = "meter_list_line f";

  // The other line of the same: of the first one the next.
  private static final String TWICE =
      """
      (select x.list_id, x.line, x.bad, count(*) over w as times,
        coalesce(nullif(first_value(x.line) over w, x.line), nth_value(x.line, 2) over w) as other
       from meter_list_now x where x.list_id = ? and %s
       window w as (partition by %s order by x.line rows between unbounded preceding and unbounded following)) f""";

  private static final String LOCAL =
      "to_char(date_trunc('second', lower(f.%s)) at time zone f.at_zone, 'YYYY-MM-DD HH24:MI:SS')";

  private static final String CAPACITIES =
      "meter_list_line f left join meter m on m.id = f.meter_id";

  private static final String CAPACITY = "f.%s > coalesce(f.capacity, m.capacity)";

  // The meter that stands now where the line puts another one.
  private static final String REPLACED =
      "meter_list_now n join meter_list_line f on f.list_id = n.list_id and f.line = n.line"
          + " left join meter_place p on n.places and p.site_id = n.site_id and p.resource = n.resource"
          + " and p.place = n.at_place and p.meter_id is distinct from n.meter_id"
          + " and p.valid @> n.placed_at";

  private static final String SHOWN = "to_char(f.%s, 'YYYY-MM-DD HH24:MI:SS')";

  // When clocks are put forward, an hour of them is no time at all.
  private static final String GAP = "f.%1$s at time zone f.at_zone <> f.%2$s";

  // Something holds later than that, or until later: what is new from then on would overlap.
  private static final String LATER =
      "exists (select from %1$s p where p.%2$s = f.%2$s and (upper(p.valid) > f.%3$s"
          + " or (upper_inf(p.valid) and lower(p.valid) >= f.%3$s)))";

  private static final List<String> ALL =
      List.of(
          twice(
              "SERIAL",
              "METER_TWICE",
              "x.type <> '' and x.serial <> ''",
              "lower(x.type), lower(x.serial)"),
          twice("MODULE", "MODULE_TWICE", "x.module is not null", "x.module"),
          twice(
              "PLACE",
              "PLACE_TWICE",
              "x.address is not null and not x.bad",
              "lower(x.address), x.resource, x.at_place"),
          differs("ACCOUNT", "ACCOUNT_TWICE", "account", "lower(x.address)"),
          differs("HOLDER", "ACCOUNT_TWICE", "account", "x.holder"),
          differs("SINCE", "ACCOUNT_TWICE", "account", "x.since"),
          differs("GUID", "GUID_TWICE", "guid", "lower(x.address)"),
          error(
              "RESOURCE",
              "OTHER_RESOURCE",
              "m.resource",
              FOUND + " join meter m on m.id = f.meter_id",
              "m.resource <> f.resource"),
          error(
              "INSTALLED",
              "NO_SUCH_TIME",
              SHOWN.formatted("installed"),
              FOUND,
              GAP.formatted("placed_at", "installed")),
          error(
              "FITTED",
              "NO_SUCH_TIME",
              SHOWN.formatted("fitted"),
              LINES,
              GAP.formatted("fitted_at", "fitted")),
          error("INSTALLED", "MISSING", "''", FOUND, "f.places and f.installed is null"),
          error(
              "INSTALLED",
              "STANDS_SINCE",
              LOCAL.formatted("now_placed"),
              FOUND,
              "not f.places and f.installed is not null and f.address is not null and"
                  + " date_trunc('second', lower(f.now_placed)) at time zone f.at_zone <> f.installed"),
          error(
              "INSTALLED",
              "TOO_EARLY",
              LOCAL.formatted("now_placed"),
              FOUND,
              "f.places and " + LATER.formatted("meter_place", "meter_id", "placed_at")),
          error(
              "PLACE",
              "OCCUPIED",
              "m.type || ' ' || m.serial",
              FOUND
                  + " join meter_place p on p.site_id = f.site_id and p.resource = f.resource"
                  + " and p.place = f.at_place and p.meter_id is distinct from f.meter_id"
                  + " join meter m on m.id = p.meter_id",
              "f.places and (upper(p.valid) > f.placed_at"
                  + " or (upper_inf(p.valid) and lower(p.valid) >= f.placed_at))"),
          error(
              "MODULE",
              "MODULE_UNKNOWN",
              "f.module",
              LINES,
              "f.module is not null and f.device_id is null"),
          error(
              "FIRST_READING",
              "OUT_OF_RANGE",
              "f.first_reading",
              CAPACITIES,
              CAPACITY.formatted("first_reading")),
          error(
              "LAST_READING",
              "NOTHING_REPLACED",
              "f.last_reading",
              REPLACED,
              "f.last_reading is not null and p.meter_id is null"),
          error(
              "LAST_READING",
              "OUT_OF_RANGE",
              "f.last_reading",
              REPLACED + " left join meter m on m.id = p.meter_id",
              "f.last_reading > m.capacity"),
          error("FITTED", "MISSING", "''", FOUND, "f.fits and f.fitted_at is null"),
          error(
              "FITTED",
              "FITTED_SINCE",
              LOCAL.formatted("now_fitted"),
              FOUND,
              "f.module is not null and not f.fits and f.fitted is not null and"
                  + " date_trunc('second', lower(f.now_fitted)) at time zone f.at_zone <> f.fitted"),
          error(
              "FITTED",
              "FITTED_TOO_EARLY",
              "''",
              FOUND,
              "f.fits and ("
                  + LATER.formatted("meter_device", "meter_id", "fitted_at")
                  + " or "
                  + LATER.formatted("meter_device", "device_id", "fitted_at")
                  + ")"),
          error(
              "GUID",
              "GUID_TAKEN",
              "s.address",
              FOUND + " join site s on s.organisation_id = f.organisation_id and s.guid = f.guid",
              "lower(s.address) <> lower(f.address)"),
          error("SINCE", "MISSING", "''", FOUND, "f.settles and f.settled_on is null"),
          error(
              "SINCE",
              "ACCOUNT_SINCE",
              "lower(f.now_settled)",
              FOUND,
              "f.account is not null and not f.settles and f.since <> lower(f.now_settled)"),
          error(
              "SINCE",
              "ACCOUNT_TOO_EARLY",
              "''",
              FOUND,
              "f.settles and " + LATER.formatted("account_site", "account_id", "settled_on")));

  private static final String MARK =
      """
      update meter_list_line l set bad = true
      where l.list_id = ? and not l.bad
        and exists (select from meter_list_error e where e.list_id = l.list_id and e.line = l.line)
      """;

  private final Sql sql;

  Checks(Sql sql) {
    this.sql = sql;
  }

  /** Finds what names name. */
  void resolve(ListId list, Scope scope) {
    sql.update(
        DOING,
        RESOLVE.formatted(InScope.of(scope, "d.organisation_id")),
        list.value(),
        list.value());
    // Of tables that are filled and read at once the planner knows nothing by itself.
    sql.update(DOING, "analyze meter_list_line");
  }

  /** Notes every contradiction, and marks the lines; once a transaction. */
  void run(ListId list) {
    sql.update(DOING, LOOK.formatted(list.value()));
    sql.update(DOING, "analyze meter_list_now");
    for (String check : ALL) {
      long places = check.chars().filter(c -> c == '?').count();
      Object[] ids = new Object[(int) places];
      java.util.Arrays.fill(ids, list.value());
      sql.update(DOING, check, ids);
    }
    sql.update(DOING, MARK, list.value());
  }

  private static String error(
      String column, String code, String value, String from, String condition) {
    return ERROR.formatted(column, code, value, from, condition);
  }

  private static String twice(String column, String code, String which, String key) {
    return error(column, code, "f.other", TWICE.formatted(which, key), "f.times > 1");
  }

  private static String differs(String column, String code, String key, String value) {
    String from =
        """
        (select x.list_id, x.line, x.bad, min(x.line) over w as first,
          min(%2$s) over w <> max(%2$s) over w as differs
         from meter_list_now x
         where x.list_id = ? and not x.bad and x.%1$s is not null and %2$s is not null
         window w as (partition by lower(x.%1$s::text))) f"""
            .formatted(key, value);
    return error(column, code, "f.first", from, "f.differs");
  }
}
