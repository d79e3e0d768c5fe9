package org.kvantenergo.registry.internal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Sql;

/** Which device is on which meter. */
final class Fittings {

  private static final String DOING = "changing the device of a meter";

  // An end that came only of the other one's going on (the device to another meter, the meter's
  // next device) says nothing of those who were together instead.
  private static final String UNTIL =
      """
      select min(known.at) from meter_device f
      cross join (values (?::bigint, ?::bigint, ?::timestamptz)) as n(meter_id, device_id, at)
      cross join lateral (
        select lower(f.valid) as at where lower(f.valid) > n.at
        union all
        select upper(f.valid) where f.valid @> n.at and (f.meter_id = n.meter_id or not exists (
            select from meter_device o where o.meter_id = f.meter_id and lower(o.valid) = upper(f.valid)))
          and (f.device_id = n.device_id or not exists (
            select from meter_device o where o.device_id = f.device_id and lower(o.valid) = upper(f.valid)))
      ) as known
      where f.meter_id = n.meter_id or f.device_id = n.device_id
      """;

  private static final String FIT =
      "insert into meter_device (meter_id, device_id, valid) values (?, ?, tstzrange(?, ?))";

  private final Sql sql;
  private final Periods ofMeter;
  private final Periods ofDevice;

  Fittings(Sql sql) {
    this.sql = sql;
    this.ofMeter = new Periods(sql, "meter_device", "meter_id = ?");
    this.ofDevice = new Periods(sql, "meter_device", "device_id = ?");
  }

  /** The device that was on a meter; null if none was. */
  DeviceId deviceOf(MeterId meter, Instant at) {
    List<DeviceId> found =
        sql.list(
            DOING,
            row -> new DeviceId(row.getLong(1)),
            "select device_id from meter_device where meter_id = ? and valid @> ?::timestamptz",
            meter.value(),
            at);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Brings both together until the next thing that is known of either. */
  void fit(MeterId meter, DeviceId device, Instant at) {
    OffsetDateTime until =
        sql.list(
                DOING,
                row -> row.getObject(1, OffsetDateTime.class),
                UNTIL,
                meter.value(),
                device.value(),
                at)
            .get(0);
    ofMeter.end(at, meter.value());
    ofDevice.end(at, device.value());
    sql.update(DOING, FIT, meter.value(), device.value(), at, until);
  }

  /** Takes the device off a meter; whether there was one. */
  boolean unfit(MeterId meter, Instant at) {
    return ofMeter.end(at, meter.value());
  }
}
