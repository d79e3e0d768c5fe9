package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.device.DeviceRow.Kind;
import org.kvantenergo.device.DeviceRow.State;
import org.kvantenergo.device.DeviceSwaps;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Who a device is that reports under a part of a registered identity. */
@ApplicationScoped
public class SqlDeviceSwaps implements DeviceSwaps {

  private static final String DOING = "deciding who a device is";

  private static final String TAKE_OVER = "update device set imei = ?, serial = ? where id = ?";

  private static final String RETIRE =
      "update device set state = 'RETIRED', group_id = null where id = ?";

  private static final String SUCCEED =
      """
      update device d set organisation_id = ?, group_id = ?, state = 'REGISTERED', comment = ?,
        apart_since = null, commissioned_at = ?,
        model = coalesce((select nullif(s.model, 0) from device_state s where s.device_id = d.id), ?)
      where d.id = ?
      """;

  // The row may be older than what it stands for now: the device was tried somewhere else before,
  // or
  // taken out of the registry. What the old one reported until it fell silent is the meter's.
  private static final String IN_PLACE_SINCE =
      """
      select least(now(), greatest(d.created_at, s.last_contact_at)) as since
      from device d left join device_state s on s.device_id = ? where d.id = ?
      """;

  private final Sql sql;
  private final Merging merging;
  private final Uses uses;
  private final AuditTrail audit;
  private final Outbox outbox;

  @Inject
  public SqlDeviceSwaps(DataSource dataSource, Uses uses, AuditTrail audit, Outbox outbox) {
    this.sql = new Sql(dataSource);
    this.merging = new Merging(sql, uses);
    this.uses = uses;
    this.audit = audit;
    this.outbox = outbox;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceSwaps() {
    this(null, null, null, null);
  }

  /** The two, locked. */
  private record Pair(Held stranger, Held device) {}

  @Override
  @Transactional
  public long records(Caller caller, DeviceId stranger) {
    caller.require(Permission.REGISTER);
    return uses.records(Held.one(sql, caller, stranger).id());
  }

  @Override
  @Transactional
  public long same(Caller caller, DeviceId stranger, DeviceId registered) {
    caller.require(Permission.REGISTER);
    Pair pair = pair(caller, stranger, registered);
    Held device = pair.device;
    // A base station may report without its IMEI.
    long imei = pair.stranger.imei() == 0 ? device.imei() : pair.stranger.imei();
    long serial = pair.stranger.serial();
    long records = merging.merge(stranger, device);
    Goal.unlessTaken(
        Reason.TAKEN, () -> sql.update(DOING, TAKE_OVER, imei, serial, device.id().value()));
    sql.update(DOING, KeyVersion.NEXT);
    disturbStation(device);
    Map<String, String> after = new TreeMap<>();
    after.put("imei", Long.toString(imei));
    after.put("serial", Long.toString(serial));
    after.put("records", Long.toString(records));
    after.put("row", Long.toString(stranger.value()));
    audit.note(caller, AuditAction.DEVICE_MERGED, device.named(), device.identity(), after);
    tell(List.of(device.id()));
    return records;
  }

  @Override
  @Transactional
  public void replace(Caller caller, DeviceId stranger, DeviceId registered) {
    caller.require(Permission.REGISTER);
    Pair pair = pair(caller, stranger, registered);
    Held device = pair.device;
    if (pair.stranger.serial() == device.serial() && pair.stranger.imei() == device.imei()) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    Instant since =
        sql.list(
                DOING,
                row -> Sql.time(row, "since"),
                IN_PLACE_SINCE,
                device.id().value(),
                stranger.value())
            .get(0);
    sql.update(DOING, RETIRE, device.id().value());
    Goal.unlessTaken(
        Reason.TAKEN,
        () ->
            sql.update(
                DOING,
                SUCCEED,
                device.owner(),
                device.group(),
                device.comment(),
                since,
                device.model(),
                stranger.value()));
    uses.replaced(caller, device.id(), stranger, since);
    uses.left(device.id());
    uses.disturbed(List.of(device.id()));
    disturbStation(pair.stranger);
    sql.update(DOING, "delete from device_key where device_id = ?", device.id().value());
    sql.update(DOING, KeyVersion.NEXT);
    Map<String, String> after = new TreeMap<>(pair.stranger.identity());
    after.put("row", Long.toString(stranger.value()));
    audit.note(caller, AuditAction.DEVICE_REPLACED, device.named(), device.identity(), after);
    tell(List.of(device.id(), stranger));
  }

  @Override
  @Transactional
  public void leaveApart(Caller caller, DeviceId stranger) {
    caller.require(Permission.REGISTER);
    Held held = Held.one(sql, caller, stranger);
    if (held.state() != State.UNREGISTERED) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    sql.update(
        DOING,
        "update device set apart_since = now() where id = ? and apart_since is null",
        stranger.value());
    audit.note(caller, AuditAction.DEVICE_LEFT_APART, held.named(), Map.of(), held.identity());
  }

  private Pair pair(Caller caller, DeviceId stranger, DeviceId registered) {
    Map<DeviceId, Held> held = Held.several(sql, caller, stranger, registered);
    Held apart = held.get(stranger);
    Held device = held.get(registered).mustBeRegistered();
    boolean alike =
        apart.serial() == device.serial() || (apart.imei() != 0 && apart.imei() == device.imei());
    if (apart.state() != State.UNREGISTERED || !alike) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    if (apart.kind() != device.kind()) {
      throw new DeviceRefusedException(Reason.KIND);
    }
    return new Pair(apart, device);
  }

  /** It stays connected for days, under what it was taken for when it came. */
  private void disturbStation(Held device) {
    if (device.kind() == Kind.BASE_STATION) {
      uses.disturbed(List.of(device.id()));
    }
  }

  private void tell(List<DeviceId> devices) {
    outbox.append(List.of(new Event.DevicesChanged(devices)));
  }
}
