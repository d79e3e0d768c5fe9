package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.FleetCounts;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.device.Identity;
import org.kvantenergo.device.Located;
import org.kvantenergo.device.Thresholds;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Cursor;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** The upper table, paged in SQL. */
@ApplicationScoped
public class SqlDeviceDirectory implements DeviceDirectory {

  private static final String GROUPS =
      """
      select g.id, g.name, o.name as organisation,
        (select count(*) from device d where d.group_id = g.id) as devices
      from device_group g
      join organisation o on o.id = g.organisation_id
      where %s
      order by o.id <> %d, o.name, g.position, g.name
      """;

  private static final String ROWS =
      """
      select d.id, d.imei, d.serial, d.kind, d.state, d.comment, d.model as registry_model,
        d.commissioned_at, g.name as group_name, s.*, %2$s
      from unnest(?::bigint[]) with ordinality as page(id, place)
      join device d on d.id = page.id
      left join device_group g on g.id = d.group_id
      left join device_state s on s.device_id = d.id
      %3$s
      where %1$s
      order by page.place
      """;

  private static final String NO_HOLDERS = "null as by_imei_kind, null as by_serial_kind";

  private static final String HOLDERS =
      """
      by_imei.kind as by_imei_kind, by_imei.seen_imei as by_imei_imei,
        by_imei.seen_serial as by_imei_serial, by_serial.kind as by_serial_kind,
        by_serial.seen_imei as by_serial_imei, by_serial.seen_serial as by_serial_serial""";

  private static final String JOINED =
      """
      left join lateral (%1$s and h.imei <> 0 and h.imei = d.imei limit 1) by_imei
        on d.state = 'UNREGISTERED'
      left join lateral (%1$s and h.serial = d.serial limit 1) by_serial
        on d.state = 'UNREGISTERED'""";

  // The two unique indexes of registered devices find them. Only who sees everything sees devices
  // that are not registered, so whoever holds their identity is for the same eyes.
  private static final String HOLDER =
      """
      select h.kind, h.imei as seen_imei, h.serial as seen_serial
      from device h where h.state in ('REGISTERED', 'BLOCKED')""";

  private static final String SIGNS =
      "%s as silent, %s as lost, %s as errors, %s as low, %s as open, %s as drift, %s as fell, "
          .formatted(
              Conditions.silent(Thresholds.SILENT_PERIODS),
              Conditions.silent(Thresholds.LOST_PERIODS),
              Conditions.ERRORS,
              Conditions.LOW,
              Conditions.OPEN,
              Conditions.DRIFT,
              Conditions.FELL);

  private static final String COUNT =
      """
      select count(*) as a, count(*) filter (where l.silent) as b, count(*) filter (where l.lost) as c,
        count(*) filter (where l.errors) as d, count(*) filter (where l.low) as e,
        count(*) filter (where l.open) as f, count(*) filter (where l.drift) as g,
        count(*) filter (where l.fell) as h""";

  private static final String COUNTS =
      """
      select sum(a), sum(b), sum(c), sum(d), sum(e), sum(f), sum(g), sum(h), now() as at
      from (%s) l
      """;

  private static final String UNREGISTERED =
      "select count(*) from device d where d.state = 'UNREGISTERED' and %s";

  private static final String SEEN = "select d.id from device d where d.id = any(?) and %s";

  /** How long a count is good for others who ask the same. */
  private static final Duration KEEP = Duration.ofSeconds(3);

  private final DeviceQuery query;
  private final DevicePages pages;
  private final Locator locator;
  private final KeptCounts kept;
  private final Cursor cursor;

  @Inject
  public SqlDeviceDirectory(DataSource dataSource) {
    this(dataSource, KEEP);
  }

  SqlDeviceDirectory(DataSource dataSource, Duration keep) {
    this.kept = new KeptCounts(keep);
    this.query = new DeviceQuery(dataSource);
    this.pages = new DevicePages(query);
    this.locator = new Locator(query);
    this.cursor = new Cursor(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlDeviceDirectory() {
    this(null);
  }

  @Override
  public List<GroupSummary> groups(Scope scope) {
    return query.list(
        "listing groups",
        row ->
            new GroupSummary(
                new GroupId(row.getLong("id")),
                row.getString("name"),
                row.getString("organisation"),
                row.getLong("devices")),
        GROUPS.formatted(InScope.of(scope, "g.organisation_id"), scope.organisation().value()),
        List.of());
  }

  @Override
  public long unregistered(Scope scope) {
    return query
        .list(
            "counting devices",
            row -> row.getLong(1),
            UNREGISTERED.formatted(VisibleDevice.seen(scope)),
            List.of())
        .get(0);
  }

  @Override
  public Page<DeviceRow> list(Scope scope, DeviceFilter filter, DeviceOrder order, Slice slice) {
    Page<Long> page = pages.cut(List.of(scope, filter), Listing.of(scope, filter, order), slice);
    return new Page<>(rows(scope, page.rows()), page.total());
  }

  @Override
  public OptionalLong place(Scope scope, DeviceFilter filter, DeviceOrder order, DeviceId device) {
    return pages.place(Listing.of(scope, filter, order), device.value());
  }

  @Override
  public FleetCounts counts(Scope scope, DeviceFilter filter) {
    return kept.of(scope, filter, () -> count(scope, filter));
  }

  private FleetCounts count(Scope scope, DeviceFilter filter) {
    Listing.Query counts =
        Listing.of(scope, filter, new DeviceOrder(DeviceOrder.Key.IDX, true), SIGNS)
            .each(COUNT, List.of(), "", List.of());
    return query
        .list(
            "counting signs",
            row ->
                new FleetCounts(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    Sql.time(row, "at")),
            COUNTS.formatted(counts.sql()),
            counts.values())
        .get(0);
  }

  @Override
  public Located locate(Scope scope, Identity identity, List<String> values) {
    return locator.locate(scope, identity, values);
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void stream(Scope scope, DeviceFilter filter, DeviceOrder order, Rows<DeviceRow> rows)
      throws IOException {
    stream(Listing.of(scope, filter, order), scope, rows);
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void stream(Scope scope, Collection<DeviceId> ids, DeviceOrder order, Rows<DeviceRow> rows)
      throws IOException {
    stream(Listing.of(scope, ids, order), scope, rows);
  }

  private void stream(Listing listing, Scope scope, Rows<DeviceRow> rows) throws IOException {
    Listing.Query all = listing.each("select l.*", List.of(), "", List.of());
    Cursor.Binding values = statement -> DeviceQuery.bind(statement, all.values());
    String ids = "select l.id from (%s) l order by %s";
    cursor.read(
        "exporting devices",
        new Cursor.Query("select count(*) from (" + all.sql() + ") l", values),
        new Cursor.Query(ids.formatted(all.sql(), Orders.by(listing.order())), values),
        details(scope),
        DeviceRows::row,
        rows);
  }

  @Override
  public Optional<DeviceRow> find(Scope scope, DeviceId id) {
    return rows(scope, List.of(id.value())).stream().findFirst();
  }

  @Override
  public List<DeviceRow> find(Scope scope, Collection<DeviceId> ids) {
    return rows(scope, ids.stream().map(DeviceId::value).toList());
  }

  @Override
  public Set<DeviceId> visible(Scope scope, Collection<DeviceId> ids) {
    return Set.copyOf(
        query.list(
            "looking for visible devices",
            row -> new DeviceId(row.getLong(1)),
            SEEN.formatted(VisibleDevice.seen(scope)),
            List.of(ids.stream().mapToLong(DeviceId::value).toArray())));
  }

  private List<DeviceRow> rows(Scope scope, List<Long> ids) {
    // To plan the two joins takes thrice as long as all the rest, and few rows need them.
    String plain = ROWS.formatted(VisibleDevice.seen(scope), NO_HOLDERS, "");
    List<DeviceRow> rows = rows(plain, ids);
    return rows.stream().noneMatch(row -> row.state() == DeviceRow.State.UNREGISTERED)
        ? rows
        : rows(details(scope), ids);
  }

  private List<DeviceRow> rows(String sql, List<Long> ids) {
    return query.list(
        "listing devices",
        DeviceRows::row,
        sql,
        List.of(ids.stream().mapToLong(Long::longValue).toArray()));
  }

  private static String details(Scope scope) {
    return ROWS.formatted(VisibleDevice.seen(scope), HOLDERS, JOINED.formatted(HOLDER));
  }
}
