package org.kvantenergo.account.internal;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.account.internal.SignInGuard.Attempt;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.ServerMessage;

/** Guards «Технологический режим». Passwords are checked outside of transactions. */
@Stateless
@Local(TechnologicalMode.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TechnologicalModeBean implements TechnologicalMode {

  /** How long the mode stays open unused, unless the setting says otherwise. */
  static final String IDLE = "PT15M";

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");

  /** How exactly the time of the last use is kept: it costs a write. */
  private static final Duration EXACT = Duration.ofMinutes(1);

  private final AccountStore store;
  private final ModeRows rows;
  private final SecondPasswords passwords;
  private final PresentPassword present;
  private final AuditTrail audit;
  private final Clock clock;
  private final Duration idle;

  /** For the container's proxies. */
  public TechnologicalModeBean() {
    this(null, null, null, null, null, null, null);
  }

  /** With what it works on. */
  @Inject
  public TechnologicalModeBean(
      AccountStore store,
      ModeRows rows,
      SecondPasswords passwords,
      PresentPassword present,
      AuditTrail audit,
      Clock clock,
      @ConfigProperty(name = "kvant.technological.idle", defaultValue = IDLE) Duration idle) {
    this.store = store;
    this.rows = rows;
    this.passwords = passwords;
    this.present = present;
    this.audit = audit;
    this.clock = clock;
    this.idle = idle;
  }

  @Override
  public State state(Caller caller, String token) {
    caller.require(Permission.TECHNOLOGICAL_MODE);
    Account account = account(caller);
    boolean set = account.secondPasswordHash() != null;
    if (isFree(caller)) {
      return new State(Door.FREE, null, set);
    }
    Instant now = clock.instant();
    return rows.until(caller, token, now)
        .map(until -> new State(Door.OPEN, until, set))
        .or(() -> passwords.lockedUntil(account, now).map(at -> new State(Door.LOCKED, at, set)))
        .orElseGet(() -> new State(set ? Door.SHUT : Door.UNSET, null, set));
  }

  @Override
  public Entry enter(Caller caller, char[] password, String token) {
    try {
      caller.require(Permission.TECHNOLOGICAL_MODE);
      Account account = account(caller);
      if (account.secondPasswordHash() == null) {
        return new Entry.Unset();
      }
      Attempt attempt = passwords.count(account, clock.instant());
      if (attempt.number() == 0) {
        return new Entry.Locked(attempt.lockedUntil());
      }
      if (!passwords.isRight(account, password)) {
        return wrong(caller, attempt);
      }
      Instant until = clock.instant().plus(idle);
      rows.open(caller, token, until);
      return new Entry.Entered(until);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public boolean entered(Caller caller, String token, boolean using) {
    caller.require(Permission.TECHNOLOGICAL_MODE);
    if (isFree(caller)) {
      return true;
    }
    Instant now = clock.instant();
    Optional<Instant> until = rows.until(caller, token, now);
    if (using && until.filter(now.plus(idle).minus(exact())::isAfter).isPresent()) {
      rows.prolong(token, now, now.plus(idle));
    }
    return until.isPresent();
  }

  @Override
  public void leave(Caller caller, String token) {
    caller.require(Permission.TECHNOLOGICAL_MODE);
    rows.shut(caller, token);
  }

  @Override
  public Optional<PasswordFault> choosePassword(
      Caller caller, char[] signIn, char[] current, char[] fresh) {
    try {
      caller.require(Permission.TECHNOLOGICAL_MODE);
      Account account = account(caller);
      Optional<PasswordFault> fault =
          present
              .faultIfAny(caller, signIn)
              .or(() -> replaced(caller, account, current))
              .or(() -> passwords.fault(account, signIn, fresh));
      if (fault.isEmpty()) {
        rows.set(caller, passwords.hash(fresh));
      }
      return fault;
    } finally {
      Arrays.fill(signIn, '\0');
      Arrays.fill(current, '\0');
      Arrays.fill(fresh, '\0');
    }
  }

  /** What is wrong with the second password that is to be replaced. */
  private Optional<PasswordFault> replaced(Caller caller, Account account, char[] typed) {
    if (account.secondPasswordHash() == null) {
      return Optional.empty();
    }
    Attempt attempt = passwords.count(account, clock.instant());
    if (attempt.number() == 0) {
      return Optional.of(PasswordFault.LOCKED);
    }
    if (!passwords.isRight(account, typed)) {
      wrong(caller, attempt);
      return Optional.of(PasswordFault.SECOND_WRONG);
    }
    return Optional.empty();
  }

  private Entry wrong(Caller caller, Attempt attempt) {
    if (attempt.number() < SignInGuard.ATTEMPTS) {
      audit.note(caller, AuditAction.SECOND_PASSWORD_FAILED, "");
      return new Entry.Refused(SignInGuard.ATTEMPTS - attempt.number());
    }
    audit.note(caller, AuditAction.SECOND_PASSWORD_LOCKED, "");
    ServerMessage.SECOND_PASSWORD_LOCKED.log(
        LOG, caller.login(), attempt.lockedUntil().truncatedTo(ChronoUnit.SECONDS));
    return new Entry.Locked(attempt.lockedUntil());
  }

  private Duration exact() {
    Duration quarter = idle.dividedBy(4);
    return quarter.compareTo(EXACT) < 0 ? quarter : EXACT;
  }

  private boolean isFree(Caller caller) {
    return store.rights(caller.accountId()).withoutSecondPassword();
  }

  private Account account(Caller caller) {
    return store.byLogin(new Login(caller.login())).orElseThrow();
  }
}
