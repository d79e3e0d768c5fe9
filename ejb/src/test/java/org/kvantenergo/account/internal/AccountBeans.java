package org.kvantenergo.account.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.shared.SecretBox;

/** The beans of people who sign in, put together as the container does. */
record AccountBeans(TestDatabase database, AccountStore store, PasswordHasher hasher, Clock clock) {

  AccountsBean accounts() {
    return new AccountsBean(
        store, steps(), present(), hasher, new PasswordCheck(Optional.empty()), audit());
  }

  SecondFactorBean factor() {
    return new SecondFactorBean(
        store, factors(), changes(), present(), guard(), clock, "Квант-Энерго");
  }

  TechnologicalModeBean mode() {
    PasswordCheck check = new PasswordCheck(Optional.empty());
    return new TechnologicalModeBean(
        store,
        new ModeRows(database.dataSource(), audit()),
        new SecondPasswords(guard(), hasher, check),
        present(),
        audit(),
        clock,
        Duration.parse(TechnologicalModeBean.IDLE));
  }

  SqlSessions sessions() {
    return new SqlSessions(database.dataSource(), accounts(), audit(), clock, false);
  }

  SqlRoles roles() {
    return new SqlRoles(database.dataSource(), audit(), mode());
  }

  SignInSteps steps() {
    return new SignInSteps(
        store,
        guard(),
        hasher,
        factors(),
        changes(),
        new HalfSignIns(database.dataSource()),
        audit(),
        clock);
  }

  FactorStore factors() {
    SecretBox box = new SecretBox();
    box.use(new byte[SecretBox.KEY_LENGTH]);
    return new FactorStore(database.dataSource(), box);
  }

  FactorChanges changes() {
    return new FactorChanges(database.dataSource(), factors(), audit());
  }

  PresentPassword present() {
    return new PresentPassword(store, guard(), hasher, audit(), clock);
  }

  SignInGuard guard() {
    return new SignInGuard(database.dataSource());
  }

  SqlAuditTrail audit() {
    return new SqlAuditTrail(database.dataSource(), clock);
  }
}
