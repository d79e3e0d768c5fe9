package org.kvantenergo.account.internal;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.SecondFactor;
import org.kvantenergo.account.internal.FactorStore.Proof;
import org.kvantenergo.shared.Caller;

/** A person's own second factor. Passwords are checked outside of transactions. */
@Stateless
@Local(SecondFactor.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SecondFactorBean implements SecondFactor {

  private final AccountStore accounts;
  private final FactorStore store;
  private final FactorChanges changes;
  private final PresentPassword present;
  private final SignInGuard guard;
  private final Clock clock;
  private final String issuer;

  /** For the container's proxies. */
  public SecondFactorBean() {
    this(null, null, null, null, null, null, null);
  }

  /** With what it works on, and under which name authenticators list it. */
  @Inject
  public SecondFactorBean(
      AccountStore accounts,
      FactorStore store,
      FactorChanges changes,
      PresentPassword present,
      SignInGuard guard,
      Clock clock,
      @ConfigProperty(name = "kvant.second-factor.issuer", defaultValue = "Квант-Энерго")
          String issuer) {
    this.accounts = accounts;
    this.store = store;
    this.changes = changes;
    this.present = present;
    this.guard = guard;
    this.clock = clock;
    this.issuer = issuer;
  }

  @Override
  public State state(Caller caller) {
    long account = caller.accountId();
    return new State(
        store.since(account).orElse(null),
        store.recoveryCodes(account),
        accounts.rights(account).demandsSecondFactor());
  }

  @Override
  public Offer offer(Caller caller, char[] password) {
    try {
      Optional<Outcome> fault = fault(caller, password);
      if (fault.isPresent()) {
        return new Offer(fault.get(), "", "");
      }
      return store
          .offer(caller.accountId(), clock.instant())
          .map(
              secret ->
                  new Offer(
                      Outcome.DONE, Totp.base32(secret), Totp.uri(issuer, caller.login(), secret)))
          .orElseGet(() -> new Offer(Outcome.STATE, "", ""));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public Codes confirm(Caller caller, String code, String token) {
    Instant now = clock.instant();
    Optional<Instant> offered = store.offered(caller.accountId());
    if (offered.isEmpty()) {
      return new Codes(Outcome.STATE, List.of());
    }
    if (!now.isBefore(offered.get().plus(PATIENCE))) {
      return new Codes(Outcome.LAPSED, List.of());
    }
    Login login = new Login(caller.login());
    if (guard.count(login, now).number() == 0) {
      return new Codes(Outcome.LOCKED, List.of());
    }
    Optional<List<String>> codes = changes.confirm(caller, code, token, now);
    codes.ifPresent(made -> guard.forget(login));
    return codes
        .map(made -> new Codes(Outcome.DONE, made))
        .orElseGet(() -> new Codes(Outcome.CODE, List.of()));
  }

  @Override
  public Codes renewCodes(Caller caller, char[] password, String code) {
    Optional<Outcome> fault = fault(caller, password, code);
    return fault
        .map(outcome -> new Codes(outcome, List.of()))
        .orElseGet(() -> new Codes(Outcome.DONE, changes.renew(caller)));
  }

  @Override
  public Outcome off(Caller caller, char[] password, String code) {
    return fault(caller, password, code).orElseGet(() -> changes.off(caller));
  }

  private Optional<Outcome> fault(Caller caller, char[] password, String code) {
    try {
      if (store.since(caller.accountId()).isEmpty()) {
        return Optional.of(Outcome.STATE);
      }
      return fault(caller, password).or(() -> fault(caller, code));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Optional<Outcome> fault(Caller caller, char[] password) {
    return present
        .faultIfAny(caller, password)
        .map(fault -> fault == PasswordFault.LOCKED ? Outcome.LOCKED : Outcome.PASSWORD);
  }

  private Optional<Outcome> fault(Caller caller, String code) {
    Login login = new Login(caller.login());
    if (guard.count(login, clock.instant()).number() == 0) {
      return Optional.of(Outcome.LOCKED);
    }
    if (changes.take(caller, code, clock.instant()) == Proof.NONE) {
      return Optional.of(Outcome.CODE);
    }
    guard.forget(login);
    return Optional.empty();
  }
}
