package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceKeys;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Sql;

/** One row a device that holds a key. */
@ApplicationScoped
public class SqlDeviceKeys implements DeviceKeys {

  private static final System.Logger LOG = System.getLogger(SqlDeviceKeys.class.getName());

  private static final String LOCK =
      """
      select device_id, sealed, coalesce(counter, -1) from device_key where device_id = any(?)
      order by device_id for update
      """;

  private static final String ACCEPT =
      """
      update device_key k set counter = n.counter
      from unnest(?::bigint[], ?::bigint[]) as n(device_id, counter)
      where k.device_id = n.device_id
      """;

  private static final String ALL =
      """
      select d.kind, d.imei, d.serial, k.device_id, k.sealed
      from device_key k join device d on d.id = k.device_id
      where d.state in ('REGISTERED', 'BLOCKED')
      """;

  private static final String SET =
      """
      insert into device_key (device_id, sealed) values (?, ?)
      on conflict (device_id) do update set sealed = excluded.sealed, counter = null, set_at = now()
      """;

  private final DataSource dataSource;
  private final SecretBox box;
  private final Sql sql;

  @Inject
  public SqlDeviceKeys(DataSource dataSource, SecretBox box) {
    this.dataSource = dataSource;
    this.box = box;
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlDeviceKeys() {
    this(null, null);
  }

  @Override
  public List<Held> lock(Collection<DeviceId> devices) {
    if (devices.isEmpty()) {
      return List.of();
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setObject(1, devices.stream().mapToLong(DeviceId::value).toArray());
      List<Held> held = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          DeviceId device = new DeviceId(row.getLong(1));
          held.add(new Held(device, openOrNull(device, row.getBytes(2)), row.getLong(3)));
        }
      }
      return held;
    } catch (SQLException e) {
      throw new DatabaseException("looking up keys of " + devices.size() + " devices", e);
    }
  }

  @Override
  public void accept(Map<DeviceId, Long> counters) {
    if (counters.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ACCEPT)) {
      Columns<Map.Entry<DeviceId, Long>> columns =
          new Columns<>(statement, List.copyOf(counters.entrySet()));
      columns.longs(e -> e.getKey().value());
      columns.longs(Map.Entry::getValue);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("moving " + counters.size() + " session counters", e);
    }
  }

  @Override
  public long version() {
    return sql.list("asking for new keys", row -> row.getLong(1), KeyVersion.NOW).get(0);
  }

  @Override
  public Map<DeviceClaim, byte[]> all() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ALL);
        ResultSet row = statement.executeQuery()) {
      Map<DeviceClaim, byte[]> keys = new HashMap<>();
      while (row.next()) {
        DeviceClaim claim =
            new DeviceClaim(
                DeviceRow.Kind.valueOf(row.getString(1)), row.getLong(2), row.getLong(3));
        byte[] key = openOrNull(new DeviceId(row.getLong(4)), row.getBytes(5));
        if (key != null) {
          keys.put(claim, key);
        }
      }
      return keys;
    } catch (SQLException e) {
      throw new DatabaseException("reading the keys of all devices", e);
    }
  }

  @Override
  public Optional<byte[]> heldSince(DeviceId device, Instant moment) {
    String sql = "select sealed from device_key where device_id = ? and set_at <= ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, device.value());
      statement.setObject(2, moment.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(open(device, row.getBytes(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking up the key of device " + device.value(), e);
    }
  }

  @Override
  public void set(DeviceId device, byte[] key) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("key of " + key.length + " bytes, 32 expected");
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SET)) {
      statement.setLong(1, device.value());
      statement.setBytes(2, box.seal(key, context(device)));
      statement.executeUpdate();
      sql.update("setting a key", KeyVersion.NEXT);
    } catch (SQLException e) {
      throw new DatabaseException("setting the key of device " + device.value(), e);
    }
  }

  @Override
  public void remove(DeviceId device) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("delete from device_key where device_id = ?")) {
      statement.setLong(1, device.value());
      statement.executeUpdate();
      sql.update("removing a key", KeyVersion.NEXT);
    } catch (SQLException e) {
      throw new DatabaseException("removing the key of device " + device.value(), e);
    }
  }

  /** One bad key must not keep the others of a batch out. */
  private byte[] openOrNull(DeviceId device, byte[] sealed) {
    try {
      return open(device, sealed);
    } catch (SecretBox.SecretException e) {
      ServerMessage.KEY_UNREADABLE.log(LOG, device.value(), e.getMessage());
      return null;
    }
  }

  private byte[] open(DeviceId device, byte[] sealed) {
    return box.open(sealed, context(device));
  }

  /** A sealed key is worth nothing in another device's row. */
  private static byte[] context(DeviceId device) {
    return ("device_key/" + device.value()).getBytes(StandardCharsets.UTF_8);
  }
}
