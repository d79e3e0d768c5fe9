package org.kvantenergo.account.internal;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.account.internal.SignInGuard.Attempt;
import org.kvantenergo.shared.ServerMessage;

/** Signs people in. */
@Stateless
@Local(Accounts.class)
public class AccountsBean implements Accounts {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");

  private final AccountStore store;
  private final SignInGuard guard;
  private final PasswordHasher hasher;
  private final Clock clock;

  /** For the container's proxies. */
  public AccountsBean() {
    this(null, null, null, null);
  }

  /** With what it works on. */
  @Inject
  public AccountsBean(AccountStore store, SignInGuard guard, PasswordHasher hasher, Clock clock) {
    this.store = store;
    this.guard = guard;
    this.hasher = hasher;
    this.clock = clock;
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public SignIn signIn(String typed, char[] password) {
    try {
      Login login = Login.of(typed);
      Attempt attempt = guard.count(login, clock.instant());
      return attempt.number() == 0
          ? new SignIn.Locked(attempt.lockedUntil())
          : check(login, password, attempt);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public Optional<Viewer> find(String login) {
    return store.byLogin(Login.of(login)).map(Account::viewer);
  }

  @Override
  public void chooseLocale(long accountId, Locale locale) {
    store.chooseLocale(accountId, locale);
  }

  @Override
  public boolean any() {
    return store.any();
  }

  private SignIn check(Login login, char[] password, Attempt attempt) {
    Optional<Account> account = store.byLogin(login);
    // A login that does not exist takes as long as one that does.
    String hash = account.map(Account::passwordHash).orElseGet(hasher::nobody);
    boolean right = hasher.matches(hash, password);
    if (right && account.isPresent()) {
      return accept(login, password, account.get());
    }
    if (attempt.number() < SignInGuard.ATTEMPTS) {
      return new SignIn.Refused(SignInGuard.ATTEMPTS - attempt.number());
    }
    String who = account.map(Account::login).orElse("a login that does not exist");
    ServerMessage.LOGIN_LOCKED.log(LOG, who, attempt.lockedUntil().truncatedTo(ChronoUnit.SECONDS));
    return new SignIn.Locked(attempt.lockedUntil());
  }

  private SignIn accept(Login login, char[] password, Account account) {
    guard.forget(login);
    if (hasher.isOutdated(account.passwordHash())) {
      store.replaceHash(account, hasher.hash(password));
    }
    return new SignIn.Accepted(account.viewer());
  }
}
