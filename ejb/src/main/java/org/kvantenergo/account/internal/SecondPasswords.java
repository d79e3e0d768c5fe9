package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.internal.SignInGuard.Attempt;

/** Checks second passwords; failures are counted apart from those to sign in. */
@ApplicationScoped
public class SecondPasswords {

  private final SignInGuard guard;
  private final PasswordHasher hasher;
  private final PasswordCheck check;

  @Inject
  public SecondPasswords(SignInGuard guard, PasswordHasher hasher, PasswordCheck check) {
    this.guard = guard;
    this.hasher = hasher;
    this.check = check;
  }

  /** For the proxies of CDI. */
  protected SecondPasswords() {
    this(null, null, null);
  }

  /** Counts an attempt at an account's second password. */
  Attempt count(Account account, Instant now) {
    return guard.count(key(account), now);
  }

  /** Until when an account's second password is not looked at; empty if it is. */
  Optional<Instant> lockedUntil(Account account, Instant now) {
    return guard.lockedUntil(key(account), now);
  }

  /** Whether it is the one; forgets failures if it is. */
  boolean isRight(Account account, char[] typed) {
    boolean right = hasher.matches(account.secondPasswordHash(), typed);
    if (right) {
      guard.forget(key(account));
    }
    return right;
  }

  /** What is wrong with a new one. */
  Optional<PasswordFault> fault(Account account, char[] signIn, char[] fresh) {
    if (Arrays.equals(signIn, fresh)) {
      return Optional.of(PasswordFault.OTHER);
    }
    String old = account.secondPasswordHash();
    if (old != null && hasher.matches(old, fresh)) {
      return Optional.of(PasswordFault.SAME);
    }
    return check.fault(fresh, account.login(), account.name());
  }

  /** The PHC string of a new one. */
  String hash(char[] password) {
    return hasher.hash(password);
  }

  /** No login has it: logins have no capitals. */
  private static byte[] key(Account account) {
    return Digest.of("SECOND PASSWORD OF ACCOUNT " + account.id());
  }
}
