package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.session.SessionHistory;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Slice;

/** Pages of the history of sessions. */
@ApplicationScoped
public class SqlSessionHistory implements SessionHistory {

  private static final String FROM =
      " from device_session s join device d on d.id = s.device_id where " + VisibleDevice.CONDITION;

  private static final String LIST =
      "select s.*, d.serial " + FROM + " order by s.id desc limit ? offset ?";

  private final DataSource dataSource;
  private final SecretBox box;

  @Inject
  public SqlSessionHistory(DataSource dataSource, SecretBox box) {
    this.dataSource = dataSource;
    this.box = box;
  }

  /** For the proxies of CDI. */
  protected SqlSessionHistory() {
    this(null, null);
  }

  @Override
  public Page<SessionRow> list(Caller caller, DeviceId device, Slice slice) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement("select count(*) " + FROM);
        PreparedStatement list = connection.prepareStatement(LIST)) {
      VisibleDevice.bind(count, caller.scope(), device);
      int place = VisibleDevice.bind(list, caller.scope(), device);
      list.setInt(place, slice.limit());
      list.setLong(place + 1, slice.offset());
      boolean secrets = caller.permissions().contains(Permission.READ_SECRETS);
      List<SessionRow> rows = new ArrayList<>();
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          rows.add(row(row, secrets));
        }
      }
      try (ResultSet total = count.executeQuery()) {
        total.next();
        return new Page<>(rows, total.getLong(1));
      }
    } catch (SQLException e) {
      throw new DatabaseException("listing sessions of device " + device.value(), e);
    }
  }

  private SessionRow row(ResultSet r, boolean secrets) throws SQLException {
    Instant opened = time(r, "opened_at");
    Instant info = time(r, "info_at");
    String reason = r.getString("end_reason");
    return new SessionRow(
        r.getLong("id"),
        opened,
        info == null ? opened : info,
        time(r, "ended_at"),
        reason == null ? "" : reason,
        r.getString("iccid"),
        r.getLong("serial"),
        r.getInt("firmware"),
        r.getInt("model"),
        r.getString("remote_address"),
        info == null ? null : info(r, secrets));
  }

  private SessionRow.Info info(ResultSet r, boolean secrets) throws SQLException {
    AccessSecret access = secrets ? SessionSecrets.open(box, r) : new AccessSecret("", "");
    return new SessionRow.Info(
        r.getInt("contract_day"),
        r.getInt("contract_hour"),
        r.getInt("period_minutes"),
        r.getString("apn"),
        access.login(),
        access.password(),
        r.getInt("info_rssi"),
        r.getInt("error_count"),
        r.getInt("retries"),
        r.getBoolean("info_odd"));
  }

  private static Instant time(ResultSet r, String column) throws SQLException {
    OffsetDateTime time = r.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
