package org.kvantenergo.registry.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.registry.DeviceHistory;
import org.kvantenergo.registry.MeterHistory;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.Registry;
import org.kvantenergo.registry.Resource;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Answers as of a moment: every join with a period says which moment. */
@ApplicationScoped
public class SqlRegistry implements Registry {

  private static final String DOING = "reading the registry";

  private static final String ROWS =
      """
      select m.id, m.resource, m.type, m.serial, m.capacity, m.diameter, m.version,
        f.site_id, f.kind, f.address, f.zone, f.place, lower(f.valid) as placed_since,
        d.id as device_id, d.serial as device_serial, d.imei, lower(fit.valid) as fitted_since,
        v.done_on, v.due_on, seals.numbers as seals, held.numbers, held.holders, held.since
      from found f
      join meter m on m.id = f.id
      left join meter_device fit on fit.meter_id = f.id and fit.valid @> f.at
      left join device d on d.id = fit.device_id
      left join lateral (
        select v.done_on, v.due_on from meter_verification v
        where v.meter_id = f.id and v.done_on <= f.day order by v.done_on desc limit 1) v on true
      cross join lateral (
        select array_agg(l.number order by l.number) as numbers from meter_seal l
        where l.meter_id = f.id and l.valid @> f.at) seals
      cross join lateral (
        select array_agg(c.number order by c.number) as numbers,
          array_agg(h.holder order by c.number) as holders,
          array_agg(lower(h.valid)::text order by c.number) as since
        from account_site h join consumer_account c on c.id = h.account_id
        where h.site_id = f.site_id and h.valid @> f.day) held
      """;

  private static final String IN_FOUND_ORDER =
      " order by s.address nulls last, p.place, m.id limit ? offset ?) ";

  private static final String IN_ORDER = "order by f.address nulls last, f.place, f.id";

  private final Sql sql;

  @Inject
  public SqlRegistry(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlRegistry() {
    this(null);
  }

  @Override
  public Page<MeterRow> list(Scope scope, String text, Instant at, Slice slice) {
    String found = MeterSearch.found(scope);
    Object[] places = MeterSearch.places(text);
    List<MeterRow> rows =
        sql.list(
            DOING,
            MeterRows::row,
            found + IN_FOUND_ORDER + ROWS + IN_ORDER,
            places(at, places, slice.limit(), slice.offset()));
    long total =
        sql.list(
                "counting meters",
                row -> row.getLong(1),
                found + ") select count(*) from found",
                places(at, places))
            .get(0);
    return new Page<>(rows, total);
  }

  @Override
  public Optional<MeterRow> find(Scope scope, MeterId meter, Instant at) {
    return sql
        .list(DOING, MeterRows::row, found(scope) + "m.id = ?) " + ROWS, at, meter.value())
        .stream()
        .findFirst();
  }

  @Override
  public Optional<MeterRow> ofDevice(Scope scope, DeviceId device, Instant at) {
    String on =
        "m.id = (select x.meter_id from meter_device x"
            + " where x.device_id = ? and x.valid @> moment.at)) ";
    return sql.list(DOING, MeterRows::row, found(scope) + on + ROWS, at, device.value()).stream()
        .findFirst();
  }

  @Override
  public List<MeterRow> below(Scope scope, SiteId site, Resource resource, Instant at) {
    String below =
        """
        m.resource = ? and p.site_id in (
          with recursive part as (
            select ?::bigint as id union all select c.id from site c join part on c.parent_id = part.id)
          select id from part))
        """;
    return sql.list(
        DOING,
        MeterRows::row,
        found(scope) + below + ROWS + "order by f.rank, f.address, f.place, f.id",
        at,
        resource.name(),
        site.value());
  }

  @Override
  public Page<MeterRow> standing(Scope scope, SiteId site, Instant at, Slice slice) {
    List<MeterRow> rows =
        sql.list(
            DOING,
            MeterRows::row,
            found(scope)
                + PART
                + " order by s.rank, s.address, p.place, m.id limit ? offset ?) "
                + ROWS
                + "order by f.rank, f.address, f.place, f.id",
            at,
            site.value(),
            slice.limit(),
            slice.offset());
    String count = found(scope) + PART + ") select count(*) from found";
    return new Page<>(rows, sql.list(DOING, row -> row.getLong(1), count, at, site.value()).get(0));
  }

  @Override
  public List<DeviceHistory> ofDevice(Scope scope, DeviceId device) {
    return sql.list(
        DOING,
        MeterRows::carrier,
        CARRIERS.formatted(VisibleDevice.seen(scope), in(scope)),
        device.value());
  }

  private static final String PART =
      """
      p.site_id in (
        with recursive part as (
          select ?::bigint as id union all select c.id from site c join part on c.parent_id = part.id)
        select id from part)
      """;

  private static final String CARRIERS =
      """
      select m.id, m.resource, m.type, m.serial, m.capacity, m.diameter, m.version,
        s.address, s.zone, lower(f.valid) as since, upper(f.valid) as until
      from meter_device f
      join device d on d.id = f.device_id
      join meter m on m.id = f.meter_id
      left join meter_place p on p.meter_id = m.id and upper_inf(p.valid)
      left join site s on s.id = p.site_id
      where f.device_id = ? and %s and %s order by f.valid desc
      """;

  @Override
  public Optional<MeterHistory> history(Scope scope, MeterId meter) {
    String seen = "select 1 from meter m where m.id = ? and " + in(scope);
    if (sql.list(DOING, row -> true, seen, meter.value()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MeterHistory(
            sql.list(DOING, MeterRows::place, PLACES, meter.value()),
            sql.list(DOING, MeterRows::device, DEVICES, meter.value()),
            sql.list(DOING, MeterRows::verified, VERIFICATIONS, meter.value()),
            sql.list(DOING, MeterRows::seal, SEALS, meter.value())));
  }

  private static final String PLACES =
      """
      select p.site_id, s.kind, s.address, s.zone, p.place, lower(p.valid) as placed_since,
        upper(p.valid) as until, p.first_reading, p.last_reading
      from meter_place p join site s on s.id = p.site_id where p.meter_id = ? order by p.valid desc
      """;

  private static final String DEVICES =
      """
      select d.id as device_id, d.serial as device_serial, d.imei, lower(f.valid) as fitted_since,
        upper(f.valid) as until
      from meter_device f join device d on d.id = f.device_id where f.meter_id = ? order by f.valid desc
      """;

  private static final String VERIFICATIONS =
      "select done_on, due_on from meter_verification where meter_id = ? order by done_on desc";

  private static final String SEALS =
      """
      select number, lower(valid) as since, upper(valid) as until from meter_seal
      where meter_id = ? order by valid desc, number
      """;

  private static Object[] places(Instant at, Object[] searched, Object... more) {
    return Stream.of(new Object[] {at}, searched, more).flatMap(Stream::of).toArray();
  }

  private static String found(Scope scope) {
    return MeterSearch.FOUND.formatted(MeterSearch.in(scope));
  }

  private static String in(Scope scope) {
    return MeterSearch.in(scope);
  }
}
