package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.account.SecondFactor.Outcome;
import org.kvantenergo.account.internal.FactorStore.Proof;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;

/** Changes of second factors, each with its note in one transaction. */
@Stateless
public class FactorChanges {

  private final SessionRows sessions;
  private final FactorStore store;
  private final AuditTrail audit;

  /** For the container's proxies. */
  public FactorChanges() {
    this(null, null, null);
  }

  /** With what it works on. */
  @Inject
  public FactorChanges(DataSource dataSource, FactorStore store, AuditTrail audit) {
    this.sessions = new SessionRows(dataSource);
    this.store = store;
    this.audit = audit;
  }

  /** Switches on; the other sessions, which began without it, end. */
  public Optional<List<String>> confirm(Caller caller, String code, String token, Instant now) {
    Optional<List<String>> codes = store.confirm(caller.accountId(), code, now);
    if (codes.isPresent()) {
      sessions.endOthers(caller.accountId(), token);
      audit.note(caller, AuditAction.SECOND_FACTOR_ON, object(caller));
    } else {
      audit.note(caller, AuditAction.SECOND_FACTOR_FAILED, object(caller));
    }
    return codes;
  }

  /** Recovery codes in place of those there are. */
  public List<String> renew(Caller caller) {
    List<String> codes = store.renew(caller.accountId());
    audit.note(caller, AuditAction.RECOVERY_CODES_MADE, object(caller));
    return codes;
  }

  /** Switches off. */
  public Outcome off(Caller caller) {
    if (!store.remove(caller.accountId())) {
      return Outcome.STATE;
    }
    audit.note(caller, AuditAction.SECOND_FACTOR_OFF, object(caller));
    return Outcome.DONE;
  }

  /** Takes a code of somebody whose password was right. */
  public Proof take(Caller caller, String code, Instant now) {
    Proof proof = store.take(caller.accountId(), code, now);
    if (proof == Proof.NONE) {
      audit.note(caller, AuditAction.SECOND_FACTOR_FAILED, object(caller));
    } else if (proof == Proof.RECOVERY) {
      audit.note(
          caller,
          AuditAction.RECOVERY_CODE_USED,
          object(caller),
          Map.of(),
          Map.of("left", Integer.toString(store.recoveryCodes(caller.accountId()))));
    }
    return proof;
  }

  private static String object(Caller caller) {
    return "account " + caller.login();
  }
}
