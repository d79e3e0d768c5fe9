package org.kvantenergo.account.internal;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.AccountSetup;
import org.kvantenergo.account.ReadyRole;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.ServerMessage;

/** Makes the first accounts, in one transaction each. */
@Stateless
@Local(AccountSetup.class)
public class AccountSetupBean implements AccountSetup {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");
  private static final Login ADMINISTRATOR = Login.of("admin");
  private static final Login DISPATCHER = Login.of("dispatcher2");
  private static final String ADMINISTRATOR_NAME = "Администратор";

  private final AccountStore store;
  private final PasswordHasher hasher;
  private final PasswordCheck check;
  private final String organisationName;

  /** For the container's proxies. */
  public AccountSetupBean() {
    this(null, null, null, null);
  }

  /** With what it works on, and the name that the first organisation gets. */
  @Inject
  public AccountSetupBean(
      AccountStore store,
      PasswordHasher hasher,
      PasswordCheck check,
      @ConfigProperty(name = "kvant.organisation.name", defaultValue = "Организация")
          String organisationName) {
    this.store = store;
    this.hasher = hasher;
    this.check = check;
    this.organisationName = organisationName;
  }

  @Override
  public boolean createFirstAdministrator(char[] password) {
    try {
      store.lock();
      if (store.any()) {
        return false;
      }
      if (password.length < MIN_PASSWORD_LENGTH) {
        ServerMessage.FIRST_PASSWORD_TOO_SHORT.log(LOG, MIN_PASSWORD_LENGTH);
        return false;
      }
      store.add(
          store.running(organisationName),
          ADMINISTRATOR,
          ADMINISTRATOR_NAME,
          ReadyRole.ADMINISTRATOR,
          hasher.hash(password));
      ServerMessage.FIRST_ADMINISTRATOR_CREATED.log(LOG, ADMINISTRATOR.value());
      return true;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public void openBreachedPasswords() {
    check.open();
  }

  @Override
  public void createDemoAccounts(OrganisationId id) {
    store.lock();
    if (!store.any()) {
      store.openModeForReadyRoles();
    }
    Organisation organisation = store.organisation(id);
    addDemo(organisation, DISPATCHER, "Диспетчер 2", ReadyRole.OPERATOR, "kvant-demo-1");
    addDemo(
        organisation,
        ADMINISTRATOR,
        ADMINISTRATOR_NAME,
        ReadyRole.ADMINISTRATOR,
        "kvant-demo-admin-1");
    ServerMessage.DEMO_ACCOUNTS.log(LOG, DISPATCHER.value() + ", " + ADMINISTRATOR.value());
  }

  private void addDemo(
      Organisation organisation, Login login, String name, ReadyRole role, String password) {
    if (store.byLogin(login).isEmpty()) {
      store.add(organisation, login, name, role, hasher.hash(password.toCharArray()));
    }
  }
}
