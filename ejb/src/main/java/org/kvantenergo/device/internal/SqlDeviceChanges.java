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
import org.kvantenergo.device.DeviceChanges;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.device.DeviceRow.State;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Changes single devices. */
@ApplicationScoped
public class SqlDeviceChanges implements DeviceChanges {

  private static final String DOING = "changing a device";

  private final Sql sql;
  private final Merging merging;
  private final Uses uses;
  private final AuditTrail audit;
  private final Outbox outbox;

  @Inject
  public SqlDeviceChanges(DataSource dataSource, Uses uses, AuditTrail audit, Outbox outbox) {
    this.sql = new Sql(dataSource);
    this.merging = new Merging(sql, uses);
    this.uses = uses;
    this.audit = audit;
    this.outbox = outbox;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceChanges() {
    this(null, null, null, null);
  }

  @Override
  @Transactional
  public void change(Caller caller, DeviceId device, Profile shown, Profile profile) {
    caller.require(Permission.REGISTER);
    String comment = Goal.comment(profile.comment());
    int model = Goal.model(profile.model());
    Held was = Held.one(sql, caller, device);
    if (was.state() == State.UNREGISTERED) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    if (!was.profile().equals(shown)) {
      throw new DeviceRefusedException(Reason.CHANGED);
    }
    if (profile.group() != null) {
      Goal.organisation(sql, caller, new OrganisationId(was.owner()), profile.group());
    }
    sql.update(
        DOING,
        "update device set group_id = ?, comment = ?, model = ?, commissioned_at = ? where id = ?",
        profile.group() == null ? null : profile.group().value(),
        comment,
        model,
        profile.commissionedAt(),
        device.value());
    Long group = profile.group() == null ? null : (Long) profile.group().value();
    audit.note(
        caller,
        AuditAction.DEVICE_CHANGED,
        was.named(),
        told(was.group(), was.comment(), was.model(), was.commissionedAt()),
        told(group, comment, model, profile.commissionedAt()));
    tell(device);
  }

  @Override
  @Transactional
  public void comment(Caller caller, DeviceId device, String shown, String comment) {
    caller.require(Permission.REGISTER);
    String text = Goal.comment(comment);
    Held was = Held.one(sql, caller, device);
    if (was.state() == State.UNREGISTERED) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    if (was.comment().equals(text)) {
      return;
    }
    if (!was.comment().equals(shown)) {
      throw new DeviceRefusedException(Reason.CHANGED);
    }
    sql.update(DOING, "update device set comment = ? where id = ?", text, device.value());
    audit.note(
        caller,
        AuditAction.COMMENT_CHANGED,
        was.named(),
        Map.of("comment", was.comment()),
        Map.of("comment", text));
    tell(device);
  }

  private static Map<String, String> told(Long group, String comment, int model, Instant date) {
    Map<String, String> told = new TreeMap<>();
    told.put("group", group == null ? "" : group.toString());
    told.put("comment", comment);
    told.put("model", Integer.toString(model));
    told.put("commissioned", date == null ? "" : date.toString());
    return told;
  }

  @Override
  @Transactional
  public void block(Caller caller, DeviceId device, boolean blocked, String reason) {
    caller.require(Permission.REGISTER);
    String why = Goal.reason(reason);
    Held was = Held.one(sql, caller, device).mustBeRegistered();
    State state = blocked ? State.BLOCKED : State.REGISTERED;
    if (was.state() == state) {
      return;
    }
    sql.update(DOING, "update device set state = ? where id = ?", state.name(), device.value());
    if (blocked) {
      uses.disturbed(List.of(device));
    }
    audit.note(
        caller,
        blocked ? AuditAction.DEVICE_BLOCKED : AuditAction.DEVICE_UNBLOCKED,
        was.named(),
        Map.of("state", was.state().name()),
        Map.of("state", state.name(), "reason", why));
    tell(device);
  }

  @Override
  @Transactional
  public void unregister(Caller caller, DeviceId device, String reason) {
    caller.require(Permission.REGISTER);
    String why = Goal.reason(reason);
    Held was = Held.one(sql, caller, device).mustBeRegistered();
    if (uses.works(device)) {
      throw new DeviceRefusedException(Reason.ON_METER);
    }
    // What came under the same identity with a tag that nobody could check is apart already; there
    // is one row a claim.
    merging.sameClaim(was);
    uses.left(device);
    uses.disturbed(List.of(device));
    sql.update(DOING, "delete from device_key where device_id = ?", device.value());
    sql.update(DOING, KeyVersion.NEXT);
    Goal.unlessTaken(
        Reason.STATE,
        () ->
            sql.update(
                DOING,
                """
                update device set state = 'UNREGISTERED', organisation_id = null, group_id = null,
                  commissioned_at = null where id = ?
                """,
                device.value()));
    audit.note(
        caller,
        AuditAction.DEVICE_UNREGISTERED,
        was.named(),
        Map.of("state", was.state().name(), "owner", Long.toString(was.owner())),
        Map.of("state", State.UNREGISTERED.name(), "reason", why));
    tell(device);
  }

  private void tell(DeviceId device) {
    outbox.append(List.of(new Event.DevicesChanged(List.of(device))));
  }
}
