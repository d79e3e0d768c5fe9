package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** The upper table, paged in SQL. */
@ApplicationScoped
public class SqlDeviceDirectory implements DeviceDirectory {

  private static final String GROUPS =
      """
      select g.id, g.name, o.name as organisation, count(d.id) as devices
      from device_group g
      join organisation o on o.id = g.organisation_id
      left join device d on d.group_id = g.id
      where %s
      group by g.id, g.name, o.id, o.name, g.position
      order by o.id <> %d, o.name, g.position, g.name
      """;

  // The page is cut first, along an index where the order has one; only its own rows are looked up
  // for the reading before the current one. received_at has no index: it changes with every packet,
  // and an index on it would cost each update its place in the page (HOT). 100,000 rows sort in
  // tens
  // of milliseconds.
  private static final String ROWS =
      """
      with page as (
        select d.id from device d left join device_state s on s.device_id = d.id
        where %2$s order by %1$s limit ? offset ?)
      select d.id, d.imei, d.serial, d.kind, d.state, d.comment, d.model as registry_model,
        d.commissioned_at, g.name as group_name, s.*, before.reading as reading_before,
        by_imei.kind as by_imei_kind, by_imei.seen_imei as by_imei_imei,
        by_imei.seen_serial as by_imei_serial, by_serial.kind as by_serial_kind,
        by_serial.seen_imei as by_serial_imei, by_serial.seen_serial as by_serial_serial
      from page
      join device d on d.id = page.id
      left join device_group g on g.id = d.group_id
      left join device_state s on s.device_id = d.id
      left join lateral (
        select p.reading from reading p
        where p.device_id = d.id and p.module_time <= s.reading_module_time
          and (p.module_time, p.record_number) < (s.reading_module_time, s.reading_record_number)
          and p.status & 1 = 1 and p.reading >= 0 and p.reading < 'Infinity' and p.marks & 1 = 0
        order by p.module_time desc, p.record_number desc limit 1) before on s.reading is not null
      left join lateral (%3$s and h.imei <> 0 and h.imei = d.imei limit 1) by_imei
        on d.state = 'UNREGISTERED'
      left join lateral (%3$s and h.serial = d.serial limit 1) by_serial
        on d.state = 'UNREGISTERED'
      order by %1$s
      """;

  // The two unique indexes of registered devices find them. Only who sees everything sees devices
  // that are not registered, so whoever holds their identity is for the same eyes.
  private static final String HOLDERS =
      """
      select h.kind, h.imei as seen_imei, h.serial as seen_serial
      from device h where h.state in ('REGISTERED', 'BLOCKED')""";

  private final DataSource dataSource;

  @Inject
  public SqlDeviceDirectory(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceDirectory() {
    this(null);
  }

  @Override
  public List<GroupSummary> groups(Scope scope) {
    String sql =
        GROUPS.formatted(InScope.of(scope, "g.organisation_id"), scope.organisation().value());
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      List<GroupSummary> groups = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          groups.add(
              new GroupSummary(
                  new GroupId(row.getLong("id")),
                  row.getString("name"),
                  row.getString("organisation"),
                  row.getLong("devices")));
        }
      }
      return groups;
    } catch (SQLException e) {
      throw new DatabaseException("listing groups", e);
    }
  }

  @Override
  public long unregistered(Scope scope) {
    return count(Visibility.of(scope, new DeviceFilter.Unregistered()));
  }

  @Override
  public Page<DeviceRow> list(Scope scope, DeviceFilter filter, DeviceOrder order, Slice slice) {
    Visibility visible = Visibility.of(scope, filter);
    return new Page<>(rows(visible, orderBy(order), slice), count(visible));
  }

  @Override
  public Optional<DeviceRow> find(Scope scope, DeviceId id) {
    return rows(Visibility.of(scope, List.of(id)), "d.id", new Slice(0, 1)).stream().findFirst();
  }

  @Override
  public List<DeviceRow> find(Scope scope, Collection<DeviceId> ids) {
    return rows(Visibility.of(scope, ids), "d.id", new Slice(0, Slice.MAX_LIMIT));
  }

  @Override
  public Set<DeviceId> visible(Scope scope, Collection<DeviceId> ids) {
    Visibility visible = Visibility.of(scope, ids);
    String sql = "select d.id from device d where " + visible.condition();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      visible.bind(statement);
      Set<DeviceId> seen = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seen.add(new DeviceId(row.getLong(1)));
        }
      }
      return seen;
    } catch (SQLException e) {
      throw new DatabaseException("looking for visible devices", e);
    }
  }

  private long count(Visibility visible) {
    String sql = "select count(*) from device d where " + visible.condition();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      visible.bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new DatabaseException("counting devices", e);
    }
  }

  private List<DeviceRow> rows(Visibility visible, String orderBy, Slice slice) {
    String sql = ROWS.formatted(orderBy, visible.condition(), HOLDERS);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int place = visible.bind(statement);
      statement.setInt(place, slice.limit());
      statement.setLong(place + 1, slice.offset());
      List<DeviceRow> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(DeviceRows.row(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new DatabaseException("listing devices", e);
    }
  }

  private static String orderBy(DeviceOrder order) {
    String direction = order.ascending() ? " asc" : " desc";
    return switch (order.key()) {
          // Never null: without "nulls last" the index serves both directions.
          case SERIAL -> "d.serial" + direction;
          case COMMISSIONED -> "d.commissioned_at" + direction + " nulls last";
          case RECEIVED -> "s.received_at" + direction + " nulls last";
        }
        + ", d.id";
  }
}
