package org.kvantenergo.device.internal;

import java.util.Optional;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Sql;

/** Makes what one row has kept apart another device's. */
final class Merging {

  private static final String DOING = "merging devices";

  // Kept apart while somebody else looks at it: this waits for batches that store for the row, and
  // those that come later find it gone and its alias here.
  private static final String SAME_CLAIM =
      """
      select id from device where state = 'UNREGISTERED' and serial = ? and imei = ? and kind = ?
      for update
      """;

  private static final String ALIAS =
      """
      insert into device_alias
        (id, device_id, kind, imei, serial, old_imei, old_serial, since, records)
      select d.id, ?, d.kind, d.imei, d.serial, ?, ?, now(), ? from device d where d.id = ?
      """;

  private final Sql sql;
  private final Uses uses;

  Merging(Sql sql, Uses uses) {
    this.sql = sql;
    this.uses = uses;
  }

  /** What is kept apart under the very identity of a device becomes its own. */
  void sameClaim(Held device) {
    Optional<DeviceId> apart =
        sql.first(
            DOING,
            row -> new DeviceId(row.getLong(1)),
            SAME_CLAIM,
            device.serial(),
            device.imei(),
            device.kind().name());
    apart.ifPresent(row -> merge(row, device));
  }

  /**
   * Both are locked.
   *
   * @return how many records came with the row
   */
  long merge(DeviceId from, Held into) {
    if (uses.remembered(from)) {
      throw new DeviceRefusedException(Reason.ON_METER);
    }
    long records = uses.records(from);
    uses.merged(from, into.id());
    sql.update(DOING, ALIAS, into.id().value(), into.imei(), into.serial(), records, from.value());
    sql.update(
        DOING,
        "update device_alias set device_id = ? where device_id = ?",
        into.id().value(),
        from.value());
    sql.update(DOING, "delete from device_key where device_id = ?", from.value());
    sql.update(DOING, "delete from device where id = ?", from.value());
    return records;
  }
}
