package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.account.internal.Argon2Hash.Cost;
import org.kvantenergo.account.internal.SignInGuard.Attempt;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

class AccountsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final PasswordHasher HASHER = new PasswordHasher(new Cost(256, 1, 1));

  private TestDatabase database;
  private EntityManagerFactory factory;
  private EntityManager em;

  @BeforeEach
  void open() {
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
  }

  @AfterEach
  void close() {
    factory.close();
  }

  @Test
  void firstAdministratorIsMadeOnceWithItsOrganisation() throws Exception {
    assertThat(accounts(NOW).any()).isFalse();
    char[] password = "correct horse".toCharArray();
    assertThat(inTransaction(() -> setup().createFirstAdministrator(password))).isTrue();
    assertThat(password).containsOnly('\0');
    assertThat(
            inTransaction(() -> setup().createFirstAdministrator("battery staple".toCharArray())))
        .isFalse();
    assertThat(accounts(NOW).any()).isTrue();
    assertThat(database.value("select count(*) from account")).isEqualTo("1");
    assertThat(database.value("select name || ' ' || runs_installation from organisation"))
        .isEqualTo("Водоканал true");
    assertThat(signIn(NOW, "Admin ", "correct horse"))
        .isEqualTo(
            new SignIn.Accepted(
                new Viewer(
                    1,
                    "admin",
                    "Администратор",
                    new Scope(new OrganisationId(1), true),
                    EnumSet.allOf(Permission.class),
                    Locale.forLanguageTag("ru"),
                    ZoneId.of("Europe/Moscow"),
                    false,
                    false,
                    true)));
  }

  @Test
  void firstPasswordOfElevenCharactersIsRefused() throws Exception {
    assertThat(inTransaction(() -> setup().createFirstAdministrator("12345678901".toCharArray())))
        .isFalse();
    assertThat(accounts(NOW).any()).isFalse();
    assertThat(inTransaction(() -> setup().createFirstAdministrator("123456789012".toCharArray())))
        .isTrue();
  }

  @Test
  void demoAccountsAreMadeOnceAndKeepTheirPasswords() throws Exception {
    demo();
    String hash = database.value("select password_hash from account where login = 'dispatcher2'");
    demoAccounts();
    assertThat(
            database.value(
                "select string_agg(a.login || ' ' || r.name, ', ' order by a.login) from account a"
                    + " join account_role j on j.account_id = a.id join role r on r.id = j.role_id"))
        .isEqualTo("admin ADMINISTRATOR, dispatcher2 OPERATOR");
    assertThat(database.value("select password_hash from account where login = 'dispatcher2'"))
        .isEqualTo(hash);
    assertThat(signIn(NOW, "dispatcher2", "kvant-demo-1")).isInstanceOf(SignIn.Accepted.class);
    assertThat(signIn(NOW, "admin", "kvant-demo-admin-1")).isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void fiveFailuresLockForAQuarterWhoeverItIs() throws Exception {
    demo();
    for (String login : List.of("dispatcher2", "nobody")) {
      for (int left = 4; left >= 1; left--) {
        assertThat(signIn(NOW, login, "wrong")).isEqualTo(new SignIn.Refused(left));
      }
      assertThat(signIn(NOW, login, "wrong")).isEqualTo(new SignIn.Locked(NOW.plus(QUARTER)));
      // The right password does not open it, and looking at the lock does not prolong it.
      Instant later = NOW.plus(QUARTER).minusMillis(1);
      assertThat(signIn(later, login, "kvant-demo-1"))
          .isEqualTo(new SignIn.Locked(NOW.plus(QUARTER)));
      assertThat(signIn(NOW.plus(QUARTER), login, "wrong")).isEqualTo(new SignIn.Refused(4));
    }
    assertThat(signIn(NOW.plus(QUARTER), "dispatcher2", "kvant-demo-1"))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void successForgetsFailures() throws Exception {
    demo();
    for (int i = 0; i < 4; i++) {
      signIn(NOW, "dispatcher2", "wrong");
    }
    assertThat(signIn(NOW, "DISPATCHER2", "kvant-demo-1")).isInstanceOf(SignIn.Accepted.class);
    assertThat(database.value("select count(*) from sign_in_failure")).isEqualTo("0");
    assertThat(signIn(NOW, "dispatcher2", "wrong")).isEqualTo(new SignIn.Refused(4));
  }

  @Test
  void oldFailuresArePurgedByOtherAttempts() throws Exception {
    signIn(NOW, "nobody", "wrong");
    signIn(NOW.plus(QUARTER), "somebody", "wrong");
    assertThat(database.value("select count(*) from sign_in_failure")).isEqualTo("1");
    assertThat(database.value("select failures from sign_in_failure")).isEqualTo("1");
  }

  @Test
  void attemptsSideBySideGetFivePasswordsChecked() throws Exception {
    SignInGuard guard = new SignInGuard(database.dataSource());
    ExecutorService pool = Executors.newFixedThreadPool(20);
    try {
      List<Future<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        attempts.add(pool.submit(() -> guard.count(Login.of("dispatcher2"), NOW)));
      }
      List<Integer> numbers = new ArrayList<>();
      for (Future<Attempt> attempt : attempts) {
        numbers.add(attempt.get().number());
      }
      assertThat(numbers).filteredOn(number -> number > 0).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
      assertThat(numbers).filteredOn(number -> number == 0).hasSize(55);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void passwordIsWipedHoweverItEnds() throws Exception {
    demo();
    for (String typed : List.of("kvant-demo-1", "wrong")) {
      char[] password = typed.toCharArray();
      inTransaction(() -> accounts(NOW).signIn("dispatcher2", password, "10.0.0.7"));
      assertThat(password).containsOnly('\0');
    }
  }

  @Test
  void hashGrowsWithTheCostOnTheNextSignIn() throws Exception {
    demo();
    PasswordHasher dearer = new PasswordHasher(new Cost(512, 1, 1));
    AccountsBean accounts = accounts(dearer, NOW);
    inTransaction(() -> accounts.signIn("dispatcher2", "kvant-demo-1".toCharArray(), "10.0.0.7"));
    assertThat(database.value("select password_hash from account where login = 'dispatcher2'"))
        .startsWith("$argon2id$v=19$m=512,t=1,p=1$");
    em.clear();
    assertThat(signIn(NOW, "dispatcher2", "kvant-demo-1")).isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void everyAttemptIsInTheAuditAndNoPasswordIs() throws Exception {
    demo();
    for (int i = 0; i < 5; i++) {
      signIn(NOW, "dispatcher2", "guess-" + i);
    }
    signIn(NOW, "dispatcher2", "while locked");
    signIn(NOW, "kvant-demo-admin-1", "typed into the wrong field");
    signIn(NOW, "admin", "kvant-demo-admin-1");
    assertThat(
            database.value(
                """
                select string_agg(concat_ws(' ', id, login, organisation_id, address, action), ', '
                  order by id) from audit
                """))
        .isEqualTo(
            "1 dispatcher2 1 10.0.0.7 SIGN_IN_FAILED, 2 dispatcher2 1 10.0.0.7 SIGN_IN_FAILED,"
                + " 3 dispatcher2 1 10.0.0.7 SIGN_IN_FAILED, 4 dispatcher2 1 10.0.0.7 SIGN_IN_FAILED,"
                + " 5 dispatcher2 1 10.0.0.7 SIGN_IN_LOCKED, 6  10.0.0.7 SIGN_IN_FAILED,"
                + " 7 admin 1 10.0.0.7 SIGNED_IN");
    assertThat(database.value("select string_agg(a::text, '') from audit a"))
        .doesNotContain("guess")
        .doesNotContain("kvant-demo")
        .doesNotContain("typed");
  }

  @Test
  void languageIsRemembered() throws Exception {
    demo();
    long id = accounts(NOW).find("dispatcher2").orElseThrow().accountId();
    inTransaction(
        () -> {
          accounts(NOW).chooseLocale(id, Locale.ENGLISH);
          return null;
        });
    em.clear();
    assertThat(accounts(NOW).find("dispatcher2").orElseThrow().locale()).isEqualTo(Locale.ENGLISH);
    assertThat(accounts(NOW).find("nobody")).isEmpty();
  }

  @Test
  void languageAndZoneAreChangedAndNoted() throws Exception {
    demo();
    Viewer viewer = accounts(NOW).find("dispatcher2").orElseThrow();
    inTransaction(
        () -> {
          accounts(NOW)
              .changeSettings(viewer.caller(""), Locale.ENGLISH, ZoneId.of("Asia/Yekaterinburg"));
          return null;
        });
    em.clear();
    Viewer changed = accounts(NOW).find("dispatcher2").orElseThrow();
    assertThat(changed.locale()).isEqualTo(Locale.ENGLISH);
    assertThat(changed.zone()).isEqualTo(ZoneId.of("Asia/Yekaterinburg"));
    assertThat(database.value("select concat_ws('|', action, object, before, after) from audit"))
        .isEqualTo(
            "SETTINGS_CHANGED|account dispatcher2|language=ru\nzone=Europe/Moscow"
                + "|language=en\nzone=Asia/Yekaterinburg");
  }

  @Test
  void aFirstPasswordExpiresAndCountsAsNoFailure() throws Exception {
    demo();
    database.execute(
        "update account set must_change = true, first_until = '2026-11-21T03:00:00.001Z'");
    assertThat(signIn(NOW, "dispatcher2", "kvant-demo-1")).isInstanceOf(SignIn.Accepted.class);
    em.clear();
    assertThat(signIn(NOW.plusMillis(1), "dispatcher2", "kvant-demo-1"))
        .isEqualTo(new SignIn.Expired());
    assertThat(signIn(NOW.plusMillis(1), "dispatcher2", "wrong")).isEqualTo(new SignIn.Refused(4));
    assertThat(database.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo("SIGNED_IN FIRST_PASSWORD_EXPIRED SIGN_IN_FAILED");
  }

  private void demo() throws Exception {
    database.execute(
        "insert into organisation (name, runs_installation) values ('НПП КП «КВАНТ»', true)");
    demoAccounts();
  }

  private void demoAccounts() throws Exception {
    inTransaction(
        () -> {
          setup().createDemoAccounts(new OrganisationId(1));
          return null;
        });
  }

  private SignIn signIn(Instant now, String login, String password) throws Exception {
    return inTransaction(() -> accounts(now).signIn(login, password.toCharArray(), "10.0.0.7"));
  }

  private AccountsBean accounts(Instant now) {
    return accounts(HASHER, now);
  }

  private AccountsBean accounts(PasswordHasher hasher, Instant now) {
    return new AccountBeans(database, store(), hasher, clock(now)).accounts();
  }

  private AccountSetupBean setup() {
    return new AccountSetupBean(store(), HASHER, null, "Водоканал");
  }

  private AccountStore store() {
    return new AccountStore(em);
  }

  private static Clock clock(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private <T> T inTransaction(Callable<T> work) throws Exception {
    em.getTransaction().begin();
    try {
      T result = work.call();
      em.getTransaction().commit();
      return result;
    } finally {
      if (em.getTransaction().isActive()) {
        em.getTransaction().rollback();
      }
    }
  }
}
