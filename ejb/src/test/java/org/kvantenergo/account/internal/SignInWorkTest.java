package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.internal.Argon2Hash.Cost;
import org.kvantenergo.shared.OrganisationId;

/**
 * What an answer costs tells nothing of whether there is an account: counted in hashes of
 * passwords, which take all the time that there is to measure, and not in seconds.
 */
class SignInWorkTest {

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Duration LOCK = SignInGuard.LOCK;

  /** Counts what it works on. */
  private static final class Counting extends PasswordHasher {
    private final List<Cost> runs = new ArrayList<>();

    Counting() {
      super(new Cost(256, 1, 1));
    }

    @Override
    public boolean matches(String phc, char[] password) {
      runs.add(Argon2Hash.parse(phc).cost());
      return super.matches(phc, password);
    }

    @Override
    public String hash(char[] password) {
      throw new AssertionError("no sign-in here makes a hash");
    }
  }

  private TestDatabase database;
  private EntityManagerFactory factory;
  private EntityManager em;

  @BeforeEach
  void accounts() throws Exception {
    database = TestDatabase.create();
    factory =
        Persistence.createEntityManagerFactory(
            "kvant",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                "",
                "jakarta.persistence.nonJtaDataSource",
                database.plain()));
    em = factory.createEntityManager();
    database.execute(
        "insert into organisation (name, runs_installation) values ('Водоканал', true)");
    em.getTransaction().begin();
    new AccountSetupBean(
            new AccountStore(em), new PasswordHasher(new Cost(256, 1, 1)), null, "Водоканал")
        .createDemoAccounts(new OrganisationId(1));
    em.getTransaction().commit();
    database.execute(
        "insert into account (organisation_id, login, name, password_hash, blocked_at)"
            + " select 1, 'blocked', 'x', password_hash, now() from account where login = 'admin'");
  }

  @AfterEach
  void close() {
    factory.close();
  }

  @Test
  void aWrongPasswordCostsTheSameForWhomeverItIs() {
    for (String login : List.of("dispatcher2", "nobody", "blocked", "", "x".repeat(5000))) {
      assertThat(runs(NOW, login, "wrong")).as(login).containsExactly(new Cost(256, 1, 1));
    }
    // The right one of a blocked account is no other answer, and no other work.
    assertThat(signIn(NOW, "blocked", "kvant-demo-admin-1")).isEqualTo(new SignIn.Refused(3));
    assertThat(signIn(NOW, "nobody", "kvant-demo-admin-1")).isEqualTo(new SignIn.Refused(3));
  }

  @Test
  void aLockedLoginCostsNothingForWhomeverItIs() {
    for (String login : List.of("dispatcher2", "nobody", "blocked")) {
      List<Cost> all = new ArrayList<>();
      for (int attempt = 1; attempt <= 9; attempt++) {
        all.addAll(runs(NOW, login, "wrong"));
      }
      assertThat(all).as(login).hasSize(SignInGuard.ATTEMPTS);
      Instant last = NOW.plus(LOCK).minusMillis(1);
      assertThat(runs(last, login, "kvant-demo-1")).as(login).isEmpty();
      assertThat(runs(NOW.plus(LOCK), login, "wrong")).as(login).hasSize(1);
    }
  }

  @Test
  void allSpellingsFromAllPlacesOnAllNodesAreOneLogin() {
    List<String> spellings =
        List.of("dispatcher2", "DISPATCHER2", "  Dispatcher2 ", "ｄｉｓｐａｔｃｈｅｒ２", "dispatcher²");
    for (int i = 0; i < spellings.size(); i++) {
      // A guard and a bean of its own each time: what another node has.
      SignIn said =
          bean(new Counting(), NOW)
              .signIn(spellings.get(i), "wrong".toCharArray(), "203.0.113." + i);
      assertThat(said)
          .as(spellings.get(i))
          .isEqualTo(i < 4 ? new SignIn.Refused(4 - i) : new SignIn.Locked(NOW.plus(LOCK)));
    }
    assertThat(signIn(NOW, "dispatcher2", "kvant-demo-1"))
        .isEqualTo(new SignIn.Locked(NOW.plus(LOCK)));
    // Nobody else is locked out with them, wherever they sit.
    assertThat(signIn(NOW, "admin", "kvant-demo-admin-1")).isInstanceOf(SignIn.Accepted.class);
  }

  private List<Cost> runs(Instant now, String login, String password) {
    Counting hasher = new Counting();
    bean(hasher, now).signIn(login, password.toCharArray(), "10.0.0.7");
    return hasher.runs;
  }

  private SignIn signIn(Instant now, String login, String password) {
    return bean(new Counting(), now).signIn(login, password.toCharArray(), "10.0.0.7");
  }

  private AccountsBean bean(PasswordHasher hasher, Instant now) {
    return new AccountBeans(
            database, new AccountStore(em), hasher, Clock.fixed(now, ZoneOffset.UTC))
        .accounts();
  }
}
