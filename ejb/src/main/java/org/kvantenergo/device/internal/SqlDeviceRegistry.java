package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.device.Standing;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Sql;

/** The registry, a statement a list. */
@ApplicationScoped
public class SqlDeviceRegistry implements DeviceRegistry {

  // A claim is a registered device only if serial, kind and IMEI all say so; a base station may be
  // registered without its IMEI, unless that IMEI is another device's.
  private static final String STANDINGS =
      """
      select r.id as registered, coalesce(r.state = 'BLOCKED', false) as blocked, c.id as kept_apart
      from unnest(?::text[], ?::bigint[], ?::bigint[]) with ordinality as n(kind, imei, serial, place)
      left join device r on r.state in ('REGISTERED', 'BLOCKED')
        and r.serial = n.serial and r.kind = n.kind
        and (r.imei = n.imei or (n.kind = 'BASE_STATION' and (n.imei = 0 or r.imei = 0)
          and not exists (select 1 from device o where o.state in ('REGISTERED', 'BLOCKED')
            and n.imei <> 0 and o.imei = n.imei and o.imei <> 0)))
      left join device c on c.state = 'UNREGISTERED'
        and c.serial = n.serial and c.imei = n.imei and c.kind = n.kind
      order by n.place
      """;

  private static final String KEEP_APART =
      """
      insert into device (kind, state, imei, serial, model)
      select distinct n.kind, 'UNREGISTERED', n.imei, n.serial, 0
      from unnest(?::text[], ?::bigint[], ?::bigint[]) as n(kind, imei, serial)
      order by n.serial, n.imei, n.kind
      on conflict do nothing
      """;

  // Conflicts with nothing but the row's going away, and with that in the order of the ids.
  private static final String HOLD =
      "select d.id from device d where d.id = any(?) order by d.id for key share of d";

  private static final String ALIASES = "select id, device_id from device_alias where id = any(?)";

  private static final String BEARER =
      """
      select d.id, d.state <> 'UNREGISTERED' from device d
      where d.id = coalesce((select a.device_id from device_alias a where a.id = ?), ?)
      """;

  private static final String GROUP =
      """
      insert into device_group as g (organisation_id, name, position) values (?, ?, ?)
      on conflict (organisation_id, name) do update set position = g.position
      returning id
      """;

  private static final String ARRIVALS =
      "unnest(?::text[], ?::bigint[], ?::bigint[], ?::int[], ?::bigint[])"
          + " as n(kind, imei, serial, model, commissioned)";

  private static final String FREE =
      """
      not exists (select 1 from device o where o.state in ('REGISTERED', 'BLOCKED')
        and (o.serial = n.serial or (o.imei = n.imei and o.imei <> 0)))
      """;

  private static final String REGISTER_CLAIMS =
      """
      update device d set organisation_id = ?, group_id = ?, state = 'REGISTERED',
        model = n.model, commissioned_at = to_timestamp(n.commissioned)
      from %s
      where d.state = 'UNREGISTERED' and d.kind = n.kind and d.imei = n.imei and d.serial = n.serial
        and %s
      """
          .formatted(ARRIVALS, FREE);

  private static final String REGISTER_NEW =
      """
      insert into device (organisation_id, group_id, state, kind, imei, serial, model, commissioned_at)
      select ?, ?, 'REGISTERED', n.kind, n.imei, n.serial, n.model, to_timestamp(n.commissioned)
      from %s
      where %s
      on conflict do nothing
      """
          .formatted(ARRIVALS, FREE);

  private static final String HOLDING = "holding devices that are kept apart";

  private final DataSource dataSource;
  private final Sql sql;

  @Inject
  public SqlDeviceRegistry(DataSource dataSource) {
    this.dataSource = dataSource;
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlDeviceRegistry() {
    this(null);
  }

  @Override
  public List<Standing> standings(List<DeviceClaim> claims) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(STANDINGS)) {
      bind(statement, claims);
      List<Standing> standings = new ArrayList<>(claims.size());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          standings.add(
              new Standing(
                  id(row, "registered"), row.getBoolean("blocked"), id(row, "kept_apart")));
        }
      }
      return standings;
    } catch (SQLException e) {
      throw new DatabaseException("looking up " + claims.size() + " devices", e);
    }
  }

  @Override
  public List<DeviceId> keepApart(List<DeviceClaim> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(KEEP_APART)) {
      bind(insert, claims);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("keeping " + claims.size() + " devices apart", e);
    }
    return standings(claims).stream().map(Standing::keptApart).toList();
  }

  @Override
  public Map<DeviceId, DeviceId> hold(Collection<DeviceId> apart) {
    if (apart.isEmpty()) {
      return Map.of();
    }
    Set<Long> gone = new HashSet<>();
    apart.forEach(device -> gone.add(device.value()));
    gone.removeAll(sql.list(HOLDING, row -> row.getLong(1), HOLD, (Object) array(gone)));
    Map<DeviceId, DeviceId> now = new HashMap<>();
    if (!gone.isEmpty()) {
      sql.list(
              HOLDING,
              row -> Map.entry(new DeviceId(row.getLong(1)), new DeviceId(row.getLong(2))),
              ALIASES,
              (Object) array(gone))
          .forEach(each -> now.put(each.getKey(), each.getValue()));
    }
    return now;
  }

  @Override
  public Optional<Bearer> bearer(DeviceId row) {
    return sql.first(
        "looking up whose a row is",
        found -> new Bearer(new DeviceId(found.getLong(1)), found.getBoolean(2)),
        BEARER,
        row.value(),
        row.value());
  }

  private static long[] array(Set<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public long keptApart() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count =
            connection.prepareStatement(
                "select count(*) from device where state = 'UNREGISTERED'");
        ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new DatabaseException("counting who is kept apart", e);
    }
  }

  @Override
  public GroupId group(OrganisationId organisation, String name, int position) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(GROUP)) {
      statement.setLong(1, organisation.value());
      statement.setString(2, name);
      statement.setInt(3, position);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new GroupId(row.getLong(1));
      }
    } catch (SQLException e) {
      throw new DatabaseException("making group " + name, e);
    }
  }

  @Override
  public void register(OrganisationId organisation, GroupId group, List<NewDevice> devices) {
    try (Connection connection = dataSource.getConnection()) {
      for (String sql : List.of(REGISTER_CLAIMS, REGISTER_NEW)) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setLong(1, organisation.value());
          statement.setLong(2, group.value());
          statement.setObject(3, texts(devices.stream().map(d -> d.kind().name()).toList()));
          statement.setObject(4, devices.stream().mapToLong(NewDevice::imei).toArray());
          statement.setObject(5, devices.stream().mapToLong(NewDevice::serial).toArray());
          statement.setObject(6, devices.stream().mapToInt(NewDevice::model).toArray());
          statement.setObject(
              7, devices.stream().mapToLong(d -> d.commissionedAt().getEpochSecond()).toArray());
          statement.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("registering " + devices.size() + " devices", e);
    }
  }

  private static void bind(PreparedStatement statement, List<DeviceClaim> claims)
      throws SQLException {
    statement.setObject(1, texts(claims.stream().map(c -> c.kind().name()).toList()));
    statement.setObject(2, claims.stream().mapToLong(DeviceClaim::imei).toArray());
    statement.setObject(3, claims.stream().mapToLong(DeviceClaim::serial).toArray());
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }

  private static DeviceId id(ResultSet row, String column) throws SQLException {
    long id = row.getLong(column);
    return row.wasNull() ? null : new DeviceId(id);
  }
}
