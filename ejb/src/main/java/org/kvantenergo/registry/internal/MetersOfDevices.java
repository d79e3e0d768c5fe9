package org.kvantenergo.registry.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceUse;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Sql;

/** The meters that devices are on. */
@ApplicationScoped
public class MetersOfDevices implements DeviceUse {

  private static final String DOING = "looking up the meter of a device";

  private static final String NOW =
      """
      select meter_id, lower(valid) as since from meter_device
      where device_id = ? and (upper_inf(valid) or upper(valid) > now()) order by valid
      """;

  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Sql sql;
  private final Fittings fittings;

  @Inject
  public MetersOfDevices(DataSource dataSource) {
    this.sql = new Sql(dataSource);
    this.fittings = new Fittings(sql);
  }

  /** For the proxies of CDI. */
  protected MetersOfDevices() {
    this(null);
  }

  /** On a meter, since when. */
  private record Fitted(MeterId meter, Instant since) {

    static Fitted of(ResultSet row) throws SQLException {
      return new Fitted(
          new MeterId(row.getLong("meter_id")),
          row.getObject("since", OffsetDateTime.class).toInstant());
    }
  }

  @Override
  public boolean works(DeviceId device) {
    return !sql.list(DOING, Fitted::of, NOW, device.value()).isEmpty();
  }

  @Override
  public boolean remembered(DeviceId device) {
    String any = "select from meter_device where device_id = ? limit 1";
    return !sql.list(DOING, row -> true, any, device.value()).isEmpty();
  }

  /** The old one was there for a second at least: that it was is not forgotten. */
  @Override
  public void replaced(Caller caller, DeviceId old, DeviceId fresh, Instant since) {
    List<Fitted> fitted = sql.list(DOING, Fitted::of, NOW, old.value());
    for (Fitted on : fitted) {
      Instant earliest = on.since.plus(LEAST);
      fittings.fit(on.meter, fresh, earliest.isAfter(since) ? earliest : since);
    }
  }
}
