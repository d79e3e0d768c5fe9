package org.kvantenergo.account.internal;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;

/** Accounts for their owners. */
@Stateless
@Local(Accounts.class)
public class AccountsBean implements Accounts {

  private final AccountStore store;
  private final SignInSteps steps;
  private final PresentPassword present;
  private final PasswordHasher hasher;
  private final PasswordCheck check;
  private final AuditTrail audit;

  /** For the container's proxies. */
  public AccountsBean() {
    this(null, null, null, null, null, null);
  }

  /** With what it works on. */
  @Inject
  public AccountsBean(
      AccountStore store,
      SignInSteps steps,
      PresentPassword present,
      PasswordHasher hasher,
      PasswordCheck check,
      AuditTrail audit) {
    this.store = store;
    this.steps = steps;
    this.present = present;
    this.hasher = hasher;
    this.check = check;
    this.audit = audit;
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public SignIn signIn(String typed, char[] password, String address) {
    try {
      return steps.password(Login.of(typed), password, address);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public SignIn finish(String ticket, String code, String address) {
    return steps.code(ticket, code, address);
  }

  @Override
  public Optional<Viewer> find(String login) {
    return store
        .byLogin(Login.of(login))
        .filter(account -> !account.isBlocked())
        .map(account -> account.viewer(store.rights(account.id())));
  }

  @Override
  public Map<String, Viewer> find(Set<String> logins) {
    List<Account> accounts =
        store.byLogins(logins).stream().filter(account -> !account.isBlocked()).toList();
    Map<Long, Rights> rights = store.rights(accounts.stream().map(Account::id).toList());
    return accounts.stream()
        .collect(Collectors.toMap(Account::login, a -> a.viewer(rights.get(a.id()))));
  }

  @Override
  public void chooseLocale(long accountId, Locale locale) {
    store.chooseLocale(accountId, locale);
  }

  @Override
  public void changeSettings(Caller caller, Locale locale, ZoneId zone) {
    Viewer was = find(caller.login()).orElseThrow();
    store.changeSettings(caller.accountId(), locale, zone);
    audit.note(
        caller,
        AuditAction.SETTINGS_CHANGED,
        "account " + caller.login(),
        told(was.locale(), was.zone()),
        told(locale, zone));
  }

  @Override
  public boolean any() {
    return store.any();
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Optional<PasswordFault> changePassword(
      Caller caller, char[] current, char[] fresh, String token) {
    try {
      Account account = store.byLogin(new Login(caller.login())).orElseThrow();
      Optional<PasswordFault> fault =
          present.fault(caller, current).or(() -> fault(account, current, fresh));
      if (fault.isEmpty()) {
        store.choosePassword(account.id(), hasher.hash(fresh), Digest.of(token));
        audit.note(caller, AuditAction.PASSWORD_CHANGED, "account " + caller.login());
      }
      return fault;
    } finally {
      Arrays.fill(current, '\0');
      Arrays.fill(fresh, '\0');
    }
  }

  private Optional<PasswordFault> fault(Account account, char[] current, char[] fresh) {
    if (Arrays.equals(current, fresh)) {
      return Optional.of(PasswordFault.SAME);
    }
    Optional<PasswordFault> fault = check.fault(fresh, account.login(), account.name());
    String second = account.secondPasswordHash();
    return fault.isEmpty() && second != null && hasher.matches(second, fresh)
        ? Optional.of(PasswordFault.OTHER)
        : fault;
  }

  private static Map<String, String> told(Locale locale, ZoneId zone) {
    return Map.of("language", locale.toLanguageTag(), "zone", zone.getId());
  }
}
