package org.kvantenergo.session.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.session.AccessPoints;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Sql;

/** Opens what sessions brought of access points, row by row. */
@ApplicationScoped
public class SqlAccessPoints implements AccessPoints {

  private static final String FIND =
      "select s.*, d.serial from device_session s join device d on d.id = s.device_id where "
          + VisibleDevice.CONDITION
          + " and s.id = ? and s.info_at is not null";

  private final Sql sql;
  private final SecretBox box;
  private final AuditTrail audit;

  @Inject
  public SqlAccessPoints(DataSource dataSource, SecretBox box, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.box = box;
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlAccessPoints() {
    this(null, null, null);
  }

  private record Found(long serial, AccessPoint point) {}

  @Override
  @Transactional
  public Optional<AccessPoint> reveal(Caller caller, DeviceId device, long session) {
    caller.require(Permission.READ_SECRETS);
    Optional<Found> found =
        sql.first(
            "revealing an access point",
            this::found,
            FIND,
            device.value(),
            caller.scope().everything(),
            caller.scope().organisation(),
            session);
    // Noted in the transaction of the look: whoever saw it stands in the audit.
    found.ifPresent(
        row ->
            audit.note(
                caller,
                AuditAction.ACCESS_REVEALED,
                "device " + device.value() + ", serial " + row.serial(),
                Map.of(),
                Map.of("session", Long.toString(session))));
    return found.map(Found::point);
  }

  private Found found(ResultSet row) throws SQLException {
    AccessSecret secret = SessionSecrets.open(box, row);
    return new Found(
        row.getLong("serial"),
        new AccessPoint(row.getString("apn"), secret.login(), secret.password()));
  }
}
