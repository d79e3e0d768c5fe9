package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;

/**
 * Asks a person who has signed in for the password again. Counted like an attempt to sign in: an
 * open session is no way to guess. What was right takes only itself back, so that failures of a
 * second step that follows add up.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PresentPassword {

  private final AccountStore store;
  private final SignInGuard guard;
  private final PasswordHasher hasher;
  private final AuditTrail audit;
  private final Clock clock;

  /** For the container's proxies. */
  public PresentPassword() {
    this(null, null, null, null, null);
  }

  /** With what it works on. */
  @Inject
  public PresentPassword(
      AccountStore store, SignInGuard guard, PasswordHasher hasher, AuditTrail audit, Clock clock) {
    this.store = store;
    this.guard = guard;
    this.hasher = hasher;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The same; but who signs on by a provider alone has no password that could be asked for, and
   * nothing is wrong with what is typed.
   */
  public Optional<PasswordFault> faultIfAny(Caller caller, char[] typed) {
    return store.passwordless(caller.accountId()) ? Optional.empty() : fault(caller, typed);
  }

  /** {@code WRONG} or {@code LOCKED}; empty if it is right. The password is left as it is. */
  public Optional<PasswordFault> fault(Caller caller, char[] typed) {
    Login login = new Login(caller.login());
    if (guard.count(login, clock.instant()).number() == 0) {
      return Optional.of(PasswordFault.LOCKED);
    }
    String hash = store.byLogin(login).orElseThrow().passwordHash();
    if (!hasher.matches(hash, typed)) {
      audit.noteStranger(login.value(), caller.address(), AuditAction.SIGN_IN_FAILED);
      return Optional.of(PasswordFault.WRONG);
    }
    guard.takeBack(login);
    return Optional.empty();
  }
}
