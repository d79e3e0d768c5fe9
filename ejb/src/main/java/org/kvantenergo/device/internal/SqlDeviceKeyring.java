package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.DeviceKeyring;
import org.kvantenergo.device.DeviceKeys;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.device.DeviceRow.Kind;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Keys, for people: seen once when made, and never again. */
@ApplicationScoped
public class SqlDeviceKeyring implements DeviceKeyring {

  private final Sql sql;
  private final DeviceKeys keys;
  private final Uses uses;
  private final AuditTrail audit;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public SqlDeviceKeyring(DataSource dataSource, DeviceKeys keys, Uses uses, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.keys = keys;
    this.uses = uses;
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceKeyring() {
    this(null, null, null, null);
  }

  @Override
  @Transactional
  public byte[] make(Caller caller, DeviceId device) {
    caller.require(Permission.MANAGE_KEYS);
    byte[] key = new byte[DeviceKeys.LENGTH];
    random.nextBytes(key);
    give(caller, device, key);
    return key;
  }

  @Override
  @Transactional
  public void set(Caller caller, DeviceId device, byte[] key) {
    caller.require(Permission.MANAGE_KEYS);
    if (key == null || key.length != DeviceKeys.LENGTH) {
      throw new DeviceRefusedException(Reason.VALUE);
    }
    give(caller, device, key);
  }

  private void give(Caller caller, DeviceId device, byte[] key) {
    Held held = Held.one(sql, caller, device).mustBeRegistered();
    if (held.kind() == Kind.BLOCK) {
      // What a base station relays is covered by the base station's key.
      throw new DeviceRefusedException(Reason.KIND);
    }
    boolean had = holdsOne(device);
    keys.set(device, key);
    uses.disturbed(List.of(device));
    audit.note(
        caller,
        had ? AuditAction.KEY_ROTATED : AuditAction.KEY_SET,
        held.named(),
        Map.of("key", had ? "held" : "none"),
        Map.of("key", "held"));
  }

  @Override
  @Transactional
  public void remove(Caller caller, DeviceId device) {
    caller.require(Permission.MANAGE_KEYS);
    Held held = Held.one(sql, caller, device).mustBeRegistered();
    if (!holdsOne(device)) {
      throw new DeviceRefusedException(Reason.STATE);
    }
    keys.remove(device);
    uses.disturbed(List.of(device));
    audit.note(
        caller,
        AuditAction.KEY_REMOVED,
        held.named(),
        Map.of("key", "held"),
        Map.of("key", "none"));
  }

  private boolean holdsOne(DeviceId device) {
    return sql.first(
            "looking up a key",
            row -> true,
            "select from device_key where device_id = ?",
            device.value())
        .isPresent();
  }
}
