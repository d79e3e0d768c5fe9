package org.kvantenergo.account.internal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.internal.Argon2Hash.Cost;
import org.kvantenergo.shared.OrganisationId;

/** A database with the demo's accounts: 1 is the dispatcher, 2 the administrator. */
record AccountWorld(TestDatabase database, EntityManagerFactory factory) implements AutoCloseable {

  private static final PasswordHasher HASHER = new PasswordHasher(new Cost(256, 1, 1));

  static AccountWorld create() {
    TestDatabase database = TestDatabase.create();
    EntityManagerFactory factory =
        Persistence.createEntityManagerFactory(
            "kvant",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                "",
                "jakarta.persistence.nonJtaDataSource",
                database.plain()));
    AccountWorld world = new AccountWorld(database, factory);
    try {
      database.execute(
          "insert into organisation (name, runs_installation) values ('НПП КП «КВАНТ»', true)");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    world.with(
        Instant.EPOCH,
        beans -> {
          new AccountSetupBean(beans.store(), HASHER, null, "Водоканал")
              .createDemoAccounts(new OrganisationId(1));
          return null;
        });
    return world;
  }

  /** What is done at a moment, in a transaction of JPA's. */
  <T> T with(Instant now, Function<AccountBeans, T> work) {
    EntityManager em = factory.createEntityManager();
    em.getTransaction().begin();
    try {
      return work.apply(
          new AccountBeans(
              database, new AccountStore(em), HASHER, Clock.fixed(now, ZoneOffset.UTC)));
    } finally {
      em.getTransaction().commit();
      em.close();
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
