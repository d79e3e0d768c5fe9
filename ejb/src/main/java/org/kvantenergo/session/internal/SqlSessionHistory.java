package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.session.SessionHistory;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Cursor;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;
import org.kvantenergo.shared.Sql;

/** Pages of the history of sessions. */
@ApplicationScoped
public class SqlSessionHistory implements SessionHistory {

  private static final String FROM =
      " from device_session s join device d on d.id = s.device_id where "
          + VisibleDevice.CONDITION
          + " and s.opened_at >= ? and s.opened_at < ?";

  private static final String COUNT = "select count(*) ";
  private static final String ALL = "with page as (select s.*, d.serial " + FROM;

  // The page is cut first; how many sessions a record knew of is looked up by the archive's key.
  private static final String PAGE = ALL + " order by s.id desc limit ? offset ?)";

  private static final String KNOWN =
      """

      select page.*, known.sessions_total from page
      left join lateral (
        select r.sessions_total from reading r
        where r.device_id = page.device_id and r.module_time > page.info_at - interval '2 days'
          and r.module_time <= page.info_at + interval '5 minutes' and r.marks & 1 = 0
        order by r.module_time desc, r.record_number desc limit 1) known
        on page.info_at is not null
      order by page.id desc
      """;

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
  public Page<SessionRow> list(Caller caller, DeviceId device, Span span, Slice slice) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT + FROM);
        PreparedStatement list = connection.prepareStatement(PAGE + KNOWN)) {
      bind(count, caller, device, span);
      int place = bind(list, caller, device, span);
      list.setInt(place, slice.limit());
      list.setLong(place + 1, slice.offset());
      List<SessionRow> rows = new ArrayList<>();
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          rows.add(row(row, false));
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

  @Override
  public Optional<Instant> first(Caller caller, DeviceId device, Span span) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement first =
            connection.prepareStatement("select s.opened_at " + FROM + " order by s.id limit 1")) {
      bind(first, caller, device, span);
      try (ResultSet row = first.executeQuery()) {
        return row.next() ? Optional.of(Sql.time(row, "opened_at")) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking for the first session of " + device.value(), e);
    }
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void stream(Caller caller, DeviceId device, Span span, Rows<SessionRow> rows)
      throws IOException {
    Cursor.Binding binding = statement -> bind(statement, caller, device, span);
    boolean secrets = caller.permissions().contains(Permission.READ_SECRETS);
    new Cursor(dataSource)
        .read(
            "exporting sessions of device " + device.value(),
            new Cursor.Query(COUNT + FROM, binding),
            new Cursor.Query(ALL + ")" + KNOWN, binding),
            row -> row(row, secrets),
            rows);
  }

  private static int bind(PreparedStatement statement, Caller caller, DeviceId device, Span span)
      throws SQLException {
    int place = VisibleDevice.bind(statement, caller.scope(), device);
    return span.bind(statement, place);
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
        info == null ? null : info(r, secrets),
        info != null && access(r),
        r.getObject("sessions_total", Long.class));
  }

  /** Of no length is what is sealed of nothing. */
  private static boolean access(ResultSet r) throws SQLException {
    byte[] sealed = r.getBytes("sealed_apn");
    boolean secrets =
        sealed == null
            ? !(SessionSecrets.text(r, "apn_login") + SessionSecrets.text(r, "apn_password"))
                .isEmpty()
            : sealed.length > 0;
    return secrets || !SessionSecrets.text(r, "apn").isEmpty();
  }

  private SessionRow.Info info(ResultSet r, boolean secrets) throws SQLException {
    AccessSecret access = secrets ? SessionSecrets.open(box, r) : new AccessSecret("", "");
    return new SessionRow.Info(
        r.getInt("contract_day"),
        r.getInt("contract_hour"),
        r.getInt("period_minutes"),
        secrets ? r.getString("apn") : "",
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
