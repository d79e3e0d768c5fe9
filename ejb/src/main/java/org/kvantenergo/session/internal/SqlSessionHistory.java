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
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Pages of the history of sessions. */
@ApplicationScoped
public class SqlSessionHistory implements SessionHistory {

  private static final String FROM =
      " from device_session s join device d on d.id = s.device_id where " + VisibleDevice.CONDITION;

  private static final String LIST =
      "select s.*, d.serial " + FROM + " order by s.id desc limit ? offset ?";

  private final DataSource dataSource;

  @Inject
  public SqlSessionHistory(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlSessionHistory() {
    this(null);
  }

  @Override
  public Page<SessionRow> list(Scope scope, DeviceId device, Slice slice) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement("select count(*) " + FROM);
        PreparedStatement list = connection.prepareStatement(LIST)) {
      VisibleDevice.bind(count, scope, device);
      int place = VisibleDevice.bind(list, scope, device);
      list.setInt(place, slice.limit());
      list.setLong(place + 1, slice.offset());
      List<SessionRow> rows = new ArrayList<>();
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          rows.add(row(row));
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

  private static SessionRow row(ResultSet r) throws SQLException {
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
        info == null ? null : info(r));
  }

  private static SessionRow.Info info(ResultSet r) throws SQLException {
    return new SessionRow.Info(
        r.getInt("contract_day"),
        r.getInt("contract_hour"),
        r.getInt("period_minutes"),
        r.getString("apn"),
        r.getString("apn_login"),
        r.getString("apn_password"),
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
