package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceBook;
import org.kvantenergo.device.DeviceEntry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.DeviceSearch;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Reads the registry for who has it in order. */
@ApplicationScoped
public class SqlDeviceBook implements DeviceBook {

  private static final String DOING = "listing the registry of devices";

  // The page is cut first; only its rows are looked up for who holds their identity.
  private static final String ROWS =
      """
      with page as (
        select d.id from device d left join device_state s on s.device_id = d.id
        where %s order by d.serial, d.id limit ? offset ?)
      select d.id, d.kind, d.state, d.imei, d.serial, d.model, d.comment, d.commissioned_at,
        d.created_at, d.apart_since, d.organisation_id, o.name as owner, d.group_id,
        g.name as group_name, s.model as reported_model, s.iccid, s.last_contact_at, k.set_at,
        bi.id as bi_id, bi.kind as bi_kind, bi.imei as bi_imei, bi.serial as bi_serial,
        bi.owner as bi_owner, bs.id as bs_id, bs.kind as bs_kind, bs.imei as bs_imei,
        bs.serial as bs_serial, bs.owner as bs_owner
      from page
      join device d on d.id = page.id
      left join organisation o on o.id = d.organisation_id
      left join device_group g on g.id = d.group_id
      left join device_state s on s.device_id = d.id
      left join device_key k on k.device_id = d.id
      left join lateral (%2$s and h.imei <> 0 and h.imei = d.imei limit 1) bi
        on d.state = 'UNREGISTERED'
      left join lateral (%2$s and h.serial = d.serial limit 1) bs on d.state = 'UNREGISTERED'
      order by d.serial, d.id
      """;

  private static final String HOLDER =
      """
      select h.id, h.kind, h.imei, h.serial, ho.name as owner
      from device h join organisation ho on ho.id = h.organisation_id
      where h.state in ('REGISTERED', 'BLOCKED')""";

  private final Sql sql;

  @Inject
  public SqlDeviceBook(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlDeviceBook() {
    this(null);
  }

  @Override
  public Page<DeviceEntry> list(Caller caller, DeviceSearch search, Slice slice) {
    caller.require(Permission.REGISTER);
    Searched searched = Searched.of(caller.scope(), search);
    String count =
        "select count(*) from device d left join device_state s on s.device_id = d.id where ";
    long total =
        sql.list(
                DOING,
                row -> row.getLong(1),
                count + searched.condition(),
                searched.values().toArray())
            .get(0);
    List<Object> values = new ArrayList<>(searched.values());
    values.add(slice.limit());
    values.add(slice.offset());
    return new Page<>(rows(searched.condition(), values.toArray()), total);
  }

  @Override
  public Map<DeviceSearch.Which, Long> counts(Caller caller) {
    caller.require(Permission.REGISTER);
    Map<DeviceSearch.Which, Long> counts = new EnumMap<>(DeviceSearch.Which.class);
    for (DeviceSearch.Which which : DeviceSearch.Which.values()) {
      counts.put(which, 0L);
    }
    sql.list(
            DOING,
            row -> Map.entry(DeviceSearch.Which.valueOf(row.getString(1)), row.getLong(2)),
            "select d.state, count(*) from device d where "
                + VisibleDevice.seen(caller.scope())
                + " group by d.state")
        .forEach(each -> counts.put(each.getKey(), each.getValue()));
    if (caller.scope().everything()) {
      Searched swapped = Searched.of(caller.scope(), DeviceSearch.of(DeviceSearch.Which.SWAPPED));
      String count = "select count(*) from device d where " + swapped.condition();
      counts.put(DeviceSearch.Which.SWAPPED, sql.list(DOING, row -> row.getLong(1), count).get(0));
    }
    return counts;
  }

  @Override
  public Optional<DeviceEntry> find(Caller caller, DeviceId device) {
    caller.require(Permission.REGISTER);
    String one = "d.id = ? and " + VisibleDevice.seen(caller.scope());
    return rows(one, device.value(), 1, 0L).stream().findFirst();
  }

  @Override
  public List<Past> past(Caller caller, DeviceId device) {
    caller.require(Permission.REGISTER);
    return sql.list(
        DOING,
        row ->
            new Past(
                Sql.time(row, "since"),
                row.getLong("old_imei"),
                row.getLong("old_serial"),
                row.getLong("records")),
        """
        select a.since, a.old_imei, a.old_serial, a.records
        from device_alias a join device d on d.id = a.device_id
        where d.id = ? and %s order by a.since desc, a.id desc
        """
            .formatted(VisibleDevice.seen(caller.scope())),
        device.value());
  }

  private List<DeviceEntry> rows(String condition, Object... values) {
    return sql.list(DOING, SqlDeviceBook::entry, ROWS.formatted(condition, HOLDER), values);
  }

  private static DeviceEntry entry(ResultSet row) throws SQLException {
    Long owner = row.getObject("organisation_id", Long.class);
    Long group = row.getObject("group_id", Long.class);
    String iccid = row.getString("iccid");
    return new DeviceEntry(
        new DeviceId(row.getLong("id")),
        DeviceRow.Kind.valueOf(row.getString("kind")),
        DeviceRow.State.valueOf(row.getString("state")),
        row.getLong("imei"),
        row.getLong("serial"),
        row.getInt("model"),
        row.getInt("reported_model"),
        iccid == null ? "" : iccid,
        owner == null
            ? null
            : new DeviceEntry.Owner(new OrganisationId(owner), row.getString("owner")),
        group == null
            ? null
            : new DeviceEntry.Group(new GroupId(group), row.getString("group_name")),
        row.getString("comment"),
        Sql.time(row, "commissioned_at"),
        Sql.time(row, "created_at"),
        Sql.time(row, "last_contact_at"),
        Sql.time(row, "set_at"),
        Sql.time(row, "apart_since"),
        holder(row, "bi"),
        holder(row, "bs"));
  }

  private static DeviceEntry.Holder holder(ResultSet row, String by) throws SQLException {
    String kind = row.getString(by + "_kind");
    return kind == null
        ? null
        : new DeviceEntry.Holder(
            new DeviceId(row.getLong(by + "_id")),
            DeviceRow.Kind.valueOf(kind),
            row.getLong(by + "_imei"),
            row.getLong(by + "_serial"),
            row.getString(by + "_owner"));
  }
}
