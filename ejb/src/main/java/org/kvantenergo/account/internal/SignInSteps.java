package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.account.internal.FactorStore.Proof;
import org.kvantenergo.account.internal.SignInGuard.Attempt;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.ServerMessage;

/**
 * Signs people in: the password first, then the code of who has a second factor. Wrong passwords
 * and wrong codes of a login are counted together, and a right password of somebody who owes a code
 * takes back no more than its own attempt: whoever knows the password gets five codes a quarter of
 * an hour.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SignInSteps {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");

  private final AccountStore store;
  private final SignInGuard guard;
  private final PasswordHasher hasher;
  private final FactorStore factors;
  private final FactorChanges changes;
  private final HalfSignIns halves;
  private final AuditTrail audit;
  private final Clock clock;

  /** For the container's proxies. */
  public SignInSteps() {
    this(null, null, null, null, null, null, null, null);
  }

  /** With what it works on. */
  @Inject
  public SignInSteps(
      AccountStore store,
      SignInGuard guard,
      PasswordHasher hasher,
      FactorStore factors,
      FactorChanges changes,
      HalfSignIns halves,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.guard = guard;
    this.hasher = hasher;
    this.factors = factors;
    this.changes = changes;
    this.halves = halves;
    this.audit = audit;
    this.clock = clock;
  }

  /** Looks at a password, unless the login is locked. */
  public SignIn password(Login login, char[] password, String address) {
    Attempt attempt = guard.count(login, clock.instant());
    if (attempt.number() == 0) {
      return new SignIn.Locked(attempt.lockedUntil());
    }
    Optional<Account> account = store.byLogin(login);
    // A login that does not exist takes as long as one that does.
    String hash = account.map(Account::passwordHash).orElseGet(hasher::nobody);
    boolean right = hasher.matches(hash, password);
    // Who is blocked is not told that the password was right.
    if (right && account.filter(found -> !found.isBlocked()).isPresent()) {
      return right(login, password, account.get(), address);
    }
    return wrong(login, account, attempt, address, AuditAction.SIGN_IN_FAILED);
  }

  /** Looks at a code, unless the login is locked. */
  public SignIn code(String ticket, String code, String address) {
    Optional<Account> account = halves.login(ticket, clock.instant()).flatMap(store::byLogin);
    if (account.isEmpty()) {
      return new SignIn.Lapsed();
    }
    Login login = new Login(account.get().login());
    Attempt attempt = guard.count(login, clock.instant());
    if (attempt.number() == 0) {
      return new SignIn.Locked(attempt.lockedUntil());
    }
    Viewer viewer = viewer(account.get());
    if (changes.take(viewer.caller(address), code, clock.instant()) == Proof.NONE) {
      return wrong(login, account, attempt, address, null);
    }
    return halves.end(ticket) ? accept(login, viewer, address) : new SignIn.Lapsed();
  }

  /** What an account's owner sees and may do. */
  public Viewer viewer(Account account) {
    return account.viewer(store.rights(account.id()));
  }

  private SignIn right(Login login, char[] password, Account account, String address) {
    if (account.isExpired(clock.instant())) {
      guard.takeBack(login);
      audit.noteStranger(login.value(), address, AuditAction.FIRST_PASSWORD_EXPIRED);
      return new SignIn.Expired();
    }
    if (hasher.isOutdated(account.passwordHash())) {
      store.replaceHash(account, hasher.hash(password));
    }
    if (factors.since(account.id()).isPresent()) {
      guard.takeBack(login);
      return new SignIn.CodeNeeded(halves.begin(account.id(), clock.instant()));
    }
    return accept(login, viewer(account), address);
  }

  private SignIn accept(Login login, Viewer viewer, String address) {
    guard.forget(login);
    audit.note(viewer.caller(address), AuditAction.SIGNED_IN, "");
    return new SignIn.Accepted(viewer);
  }

  /**
   * What somebody hears who was wrong.
   *
   * @param note for the audit, unless it was the last attempt; null = it has been noted
   */
  private SignIn wrong(
      Login login, Optional<Account> account, Attempt attempt, String address, AuditAction note) {
    if (attempt.number() < SignInGuard.ATTEMPTS) {
      if (note != null) {
        audit.noteStranger(login.value(), address, note);
      }
      return new SignIn.Refused(SignInGuard.ATTEMPTS - attempt.number());
    }
    audit.noteStranger(login.value(), address, AuditAction.SIGN_IN_LOCKED);
    String who = account.map(Account::login).orElse("a login that does not exist");
    ServerMessage.LOGIN_LOCKED.log(LOG, who, attempt.lockedUntil().truncatedTo(ChronoUnit.SECONDS));
    return new SignIn.Locked(attempt.lockedUntil());
  }
}
