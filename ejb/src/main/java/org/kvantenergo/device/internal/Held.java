package org.kvantenergo.device.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.kvantenergo.device.DeviceChanges;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.Sql;

/**
 * A row of the registry, locked until the end of the transaction, as it is then.
 *
 * @param id which
 * @param kind what it is
 * @param state how it stands
 * @param imei 0 = none
 * @param serial its serial number
 * @param owner null if nobody's
 * @param group null if in none
 * @param comment empty if none
 * @param model 0 = not known
 * @param commissionedAt null if not known
 * @param createdAt when the row was made
 */
record Held(
    DeviceId id,
    DeviceRow.Kind kind,
    DeviceRow.State state,
    long imei,
    long serial,
    Long owner,
    Long group,
    String comment,
    int model,
    Instant commissionedAt,
    Instant createdAt) {

  // In the order of their ids: whoever locks several waits instead of locking others out.
  private static final String LOCK =
      """
      select d.id, d.kind, d.state, d.imei, d.serial, d.organisation_id, d.group_id, d.comment,
        d.model, d.commissioned_at, d.created_at
      from device d where d.id = any(?) and %s order by d.id for update of d
      """;

  /** One that the caller sees. */
  static Held one(Sql sql, Caller caller, DeviceId device) {
    return several(sql, caller, device).get(device);
  }

  /**
   * Those that the caller sees.
   *
   * @throws DeviceRefusedException if one of them is not seen
   */
  static Map<DeviceId, Held> several(Sql sql, Caller caller, DeviceId... devices) {
    Map<DeviceId, Held> held = new LinkedHashMap<>();
    long[] ids = LongStream.range(0, devices.length).map(i -> devices[(int) i].value()).toArray();
    sql.list(
            "locking devices",
            Held::of,
            LOCK.formatted(VisibleDevice.seen(caller.scope())),
            (Object) ids)
        .forEach(each -> held.put(each.id, each));
    for (DeviceId device : devices) {
      if (!held.containsKey(device)) {
        throw new DeviceRefusedException(Reason.UNKNOWN);
      }
    }
    return held;
  }

  private static Held of(ResultSet row) throws SQLException {
    return new Held(
        new DeviceId(row.getLong("id")),
        DeviceRow.Kind.valueOf(row.getString("kind")),
        DeviceRow.State.valueOf(row.getString("state")),
        row.getLong("imei"),
        row.getLong("serial"),
        row.getObject("organisation_id", Long.class),
        row.getObject("group_id", Long.class),
        row.getString("comment"),
        row.getInt("model"),
        Sql.time(row, "commissioned_at"),
        Sql.time(row, "created_at"));
  }

  /** What can be edited of it. */
  DeviceChanges.Profile profile() {
    return new DeviceChanges.Profile(
        group == null ? null : new GroupId(group), comment, model, commissionedAt);
  }

  /** Whether it is a registered device, blocked or not. */
  boolean registered() {
    return state == DeviceRow.State.REGISTERED || state == DeviceRow.State.BLOCKED;
  }

  /** Refuses one that is not. */
  Held mustBeRegistered() {
    if (!registered()) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    return this;
  }

  /** What the audit calls it. */
  String named() {
    return "device " + id.value() + ", serial " + serial;
  }

  /** What makes it known, for the audit. */
  Map<String, String> identity() {
    return Map.of("imei", Long.toString(imei), "serial", Long.toString(serial));
  }
}
