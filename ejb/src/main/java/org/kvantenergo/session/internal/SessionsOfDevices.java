package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceUse;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;

/** Ends open sessions of devices about which people decided something, on whatever node. */
@ApplicationScoped
public class SessionsOfDevices implements DeviceUse {

  // A block's row is in the session of its base station, which goes on.
  private static final String END =
      """
      insert into session_takeover (session_id, node)
      select distinct o.id, o.node
      from device_state s
      join device d on d.id = s.device_id
      join device_session o on o.id = s.session_id and o.device_id = s.device_id
      where s.device_id = any(?) and d.kind <> 'BLOCK' and o.ended_at is null
      on conflict do nothing
      """;

  // A base station may have relayed for both under one session.
  private static final String MOVE =
      """
      update device_session s set device_id = ? where s.device_id = ?
        and not exists (select from device_session o where o.id = s.id and o.device_id = ?)
      """;

  private static final String REST = "delete from device_session where device_id = ?";

  private final DataSource dataSource;

  @Inject
  public SessionsOfDevices(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SessionsOfDevices() {
    this(null);
  }

  @Override
  public void disturbed(Collection<DeviceId> devices) {
    if (devices.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement end = connection.prepareStatement(END)) {
      end.setObject(1, devices.stream().mapToLong(DeviceId::value).toArray());
      end.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("ending sessions of " + devices.size() + " devices", e);
    }
  }

  @Override
  public void merged(DeviceId from, DeviceId into) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement move = connection.prepareStatement(MOVE);
        PreparedStatement rest = connection.prepareStatement(REST)) {
      move.setLong(1, into.value());
      move.setLong(2, from.value());
      move.setLong(3, into.value());
      move.executeUpdate();
      rest.setLong(1, from.value());
      rest.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("merging sessions of device " + from.value(), e);
    }
  }
}
