package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceUse;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;

/** Commands of devices that leave the registry, or turn out to be others. */
@ApplicationScoped
public class CommandsOfDevices implements DeviceUse {

  // Whoever registers the device next does not want what its owner before wanted.
  private static final String CANCEL =
      """
      with old as (
        select c.id from command c where c.device_id = any(?) and c.state in ('QUEUED', 'LEASED')
          and (?::boolean or c.needs is distinct from 'OVER')
        order by c.id for update
      )
      update command c set state = 'CANCELLED', reason = 'DEVICE_LEFT', ended_at = now()
      from old where c.id = old.id
      """;

  private static final List<String> MERGE =
      List.of(
          """
          insert into command_stray_result (device_id, command_id, result, at, session_id)
          select n.into_id, r.command_id, r.result, r.at, r.session_id
          from command_stray_result r, (values (?::bigint, ?::bigint)) as n(into_id, from_id)
          where r.device_id = n.from_id on conflict do nothing
          """,
          """
          delete from command_stray_result r
          using (values (?::bigint, ?::bigint)) as n(into_id, from_id)
          where r.device_id = n.from_id and n.into_id is not null
          """,
          "update command set device_id = ? where device_id = ?");

  private final DataSource dataSource;

  @Inject
  public CommandsOfDevices(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected CommandsOfDevices() {
    this(null);
  }

  @Override
  public void left(DeviceId device) {
    cancel(List.of(device), true);
  }

  /** A device that was opened is still locked: the database ends the locking of all others. */
  @Override
  public void transferred(Collection<DeviceId> devices) {
    cancel(devices, false);
  }

  private void cancel(Collection<DeviceId> devices, boolean lockings) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
      cancel.setObject(1, devices.stream().mapToLong(DeviceId::value).toArray());
      cancel.setBoolean(2, lockings);
      cancel.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("cancelling commands of " + devices.size() + " devices", e);
    }
  }

  @Override
  public void merged(DeviceId from, DeviceId into) {
    try (Connection connection = dataSource.getConnection()) {
      for (String sql : MERGE) {
        try (PreparedStatement merge = connection.prepareStatement(sql)) {
          merge.setLong(1, into.value());
          merge.setLong(2, from.value());
          merge.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("merging commands of device " + from.value(), e);
    }
  }
}
