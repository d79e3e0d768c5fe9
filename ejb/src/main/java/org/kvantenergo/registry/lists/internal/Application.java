package org.kvantenergo.registry.lists.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus.Count;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** What the good lines of a list say, brought into the registry step by step. */
final class Application {

  private static final String DOING = "applying a list of meters";

  private static final String SITES =
      """
      insert into site (organisation_id, kind, parent_id, parent_rank, name, address, zone)
      select distinct on (lower(l.a%1$d)) t.organisation_id, '%2$s', p.id, p.rank, l.n%1$d, '',
        coalesce(l.zone, t.zone)
      from meter_list t
      join meter_list_line l on l.list_id = t.id and not l.bad and l.a%1$d is not null
      left join site p on p.organisation_id = t.organisation_id and lower(p.address) = lower(%3$s)
      where t.id = ? and not exists (
        select from site s where s.organisation_id = t.organisation_id and lower(s.address) = lower(l.a%1$d))
      order by lower(l.a%1$d), l.line
      """;

  private static final String SITE_FACTS =
      """
      update site s set guid = coalesce(l.guid, s.guid), zone = coalesce(l.zone, s.zone),
        version = s.version + 1
      from (select distinct on (site_id) site_id, guid, zone from meter_list_line
        where list_id = ? and not bad and site_id is not null and (guid is not null or zone is not null)
        order by site_id, line desc) l
      where s.id = l.site_id and (s.guid is distinct from coalesce(l.guid, s.guid)
        or s.zone <> coalesce(l.zone, s.zone))
      """;

  private static final String METERS =
      """
      insert into meter (organisation_id, resource, type, serial, capacity, diameter)
      select t.organisation_id, l.resource, l.type, l.serial, l.capacity, l.diameter
      from meter_list t join meter_list_line l on l.list_id = t.id
      where t.id = ? and not l.bad and l.meter_id is null
      """;

  private static final String CORRECT =
      """
      update meter m set capacity = coalesce(l.capacity, m.capacity),
        diameter = coalesce(l.diameter, m.diameter), version = m.version + 1
      from meter_list_line l
      where l.list_id = ? and not l.bad and m.id = l.meter_id
        and (l.capacity <> m.capacity or l.diameter <> m.diameter
          or (l.capacity is not null and m.capacity is null)
          or (l.diameter is not null and m.diameter is null))
      """;

  private static final String NOTE =
      """
      update meter_list_line l set at_place = f.at_place, places = f.places, fits = f.fits,
        settles = f.settles, fitted_at = f.fitted_at, settled_on = f.settled_on
      from meter_list_found f where l.list_id = ? and f.list_id = l.list_id and f.line = l.line
      """;

  private static final String VERIFICATIONS =
      """
      insert into meter_verification as v (meter_id, done_on, due_on)
      select l.meter_id, l.verified, l.due from meter_list_line l
      where l.list_id = ? and not l.bad and l.verified is not null
      on conflict (meter_id, done_on) do update set due_on = excluded.due_on
      where v.due_on <> excluded.due_on
      """;

  private static final String LEAVE =
      """
      update meter_place p set valid = tstzrange(lower(p.valid), l.placed_at)
      from meter_list_line l
      where l.list_id = ? and not l.bad and l.places and p.meter_id = l.meter_id and upper_inf(p.valid)
      """;

  private static final String REPLACE =
      """
      update meter_place p set valid = tstzrange(lower(p.valid), l.placed_at), last_reading = l.last_reading
      from meter_list_line l
      where l.list_id = ? and not l.bad and l.places and p.site_id = l.site_id
        and p.resource = l.resource and p.place = l.at_place and p.meter_id <> l.meter_id
        and p.valid @> l.placed_at
      """;

  private static final String PLACE =
      """
      insert into meter_place (meter_id, resource, site_id, place, first_reading, valid)
      select l.meter_id, l.resource, l.site_id, l.at_place, l.first_reading, tstzrange(l.placed_at, null)
      from meter_list_line l where l.list_id = ? and not l.bad and l.places
      """;

  private static final String READINGS =
      """
      update meter_place p set first_reading = l.first_reading from meter_list_line l
      where l.list_id = ? and not l.bad and not l.places and p.meter_id = l.meter_id and upper_inf(p.valid)
        and l.first_reading is not null and l.first_reading is distinct from p.first_reading
      """;

  private static final String UNFIT =
      """
      update meter_device f set valid = tstzrange(lower(f.valid), l.fitted_at)
      from meter_list_line l
      where l.list_id = ? and not l.bad and l.fits and f.%1$s = l.%1$s and f.valid @> l.fitted_at
      """;

  // Nobody takes a device out or gives it away any more before this is done; who was quicker has
  // made the answer smaller than what is to be fitted.
  private static final String HOLD =
      """
      with held as (
        select d.id from device d join meter_list_line l on l.device_id = d.id
        where l.list_id = ? and not l.bad and l.fits and d.state in ('REGISTERED', 'BLOCKED') and %s
        order by d.id for share of d)
      select (select count(*) from held) = (
        select count(*) from meter_list_line l where l.list_id = ? and not l.bad and l.fits)
      """;

  private static final String FIT =
      """
      insert into meter_device (meter_id, device_id, valid)
      select l.meter_id, l.device_id, tstzrange(l.fitted_at, null)
      from meter_list_line l where l.list_id = ? and not l.bad and l.fits
      """;

  private static final String SEALS =
      """
      insert into meter_seal (meter_id, number, valid)
      select l.meter_id, n.number, n.valid
      from meter_list_line l
      cross join lateral (
        select number, tstzrange(case when l.places then l.placed_at else now() end, null) as valid
        from unnest(string_to_array(l.seals, ',')) as number) n
      where l.list_id = ? and not l.bad and l.seals is not null and n.number <> ''
        and not exists (select from meter_seal s
          where s.meter_id = l.meter_id and s.number = n.number and s.valid && n.valid)
      """;

  private static final String ACCOUNTS =
      """
      insert into consumer_account (organisation_id, number)
      select distinct on (lower(l.account)) t.organisation_id, l.account
      from meter_list t join meter_list_line l on l.list_id = t.id
      where t.id = ? and not l.bad and l.account is not null and not exists (
        select from consumer_account c
        where c.organisation_id = t.organisation_id and lower(c.number) = lower(l.account))
      order by lower(l.account), l.line
      """;

  // One line an account, though every meter of a flat names it.
  private static final String SETTLING =
      """
      (select c.id as account_id, min(l.site_id) as site_id, max(l.holder) as holder,
        bool_or(l.settles) as settles, coalesce(min(l.since), min(l.settled_on)) as settled_on
       from meter_list t
       join meter_list_line l on l.list_id = t.id and not l.bad and l.account is not null
       join consumer_account c on c.organisation_id = t.organisation_id and lower(c.number) = lower(l.account)
       where t.id = ? group by c.id) n
      """;

  private static final String MOVE_OUT =
      "update account_site h set valid = daterange(lower(h.valid), n.settled_on) from "
          + SETTLING
          + " where n.settles and h.account_id = n.account_id and upper_inf(h.valid)";

  private static final String HOLDERS =
      "update account_site h set holder = n.holder from "
          + SETTLING
          + " where not n.settles and h.account_id = n.account_id and upper_inf(h.valid)"
          + " and n.holder <> h.holder";

  private static final String SETTLE =
      "insert into account_site (account_id, site_id, holder, valid)"
          + " select n.account_id, n.site_id, coalesce(n.holder, ''), daterange(n.settled_on, null) from "
          + SETTLING
          + " where n.settles";

  private final Sql sql;
  private final Checks checks;
  private final IntConsumer progress;

  /** Tells how far it is, 0..100. */
  Application(Sql sql, Checks checks, IntConsumer progress) {
    this.sql = sql;
    this.checks = checks;
    this.progress = progress;
  }

  /** In the caller's transaction; the list is checked. */
  Map<Count, Integer> run(ListId list, Scope scope) {
    Map<Count, Integer> counts = new EnumMap<>(Count.class);
    counts.put(Count.SITES, sites(list));
    progress.accept(20);
    int corrected = update(CORRECT, list);
    counts.put(Count.METERS, update(METERS, list));
    counts.put(Count.CORRECTED, corrected);
    progress.accept(30);
    checks.resolve(list, scope);
    update(SITE_FACTS, list);
    update(NOTE, list);
    progress.accept(45);
    counts.put(Count.VERIFIED, update(VERIFICATIONS, list));
    update(LEAVE, list);
    counts.put(Count.REPLACED, update(REPLACE, list));
    counts.put(Count.PLACED, update(PLACE, list));
    counts.put(Count.READ, update(READINGS, list));
    progress.accept(65);
    hold(list, scope);
    update(UNFIT.formatted("meter_id"), list);
    update(UNFIT.formatted("device_id"), list);
    counts.put(Count.FITTED, update(FIT, list));
    progress.accept(75);
    counts.put(Count.SEALED, update(SEALS, list));
    progress.accept(85);
    update(ACCOUNTS, list);
    update(HOLDERS, list);
    update(MOVE_OUT, list);
    counts.put(Count.SETTLED, update(SETTLE, list));
    return counts;
  }

  /** From the top down, so that whoever stands above is there. */
  private int sites(ListId list) {
    int made = 0;
    StringBuilder above = new StringBuilder("null");
    for (int level = 1; level <= Column.ADDRESS.size(); level++) {
      made +=
          update(
              SITES.formatted(
                  level, Column.ADDRESS.get(level - 1).name(), "coalesce(" + above + ", null)"),
              list);
      above.insert(0, "l.a" + level + ", ");
    }
    return made;
  }

  private void hold(ListId list, Scope scope) {
    String held = HOLD.formatted(InScope.of(scope, "d.organisation_id"));
    if (!sql.list(DOING, row -> row.getBoolean(1), held, list.value(), list.value()).get(0)) {
      throw new IllegalStateException(
          "a module of list " + list.value() + " was taken out meanwhile; bring the list again");
    }
  }

  private int update(String statement, ListId list) {
    return sql.update(DOING, statement, list.value());
  }
}
