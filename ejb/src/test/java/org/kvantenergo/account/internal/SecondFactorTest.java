package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.SecondFactor;
import org.kvantenergo.account.SecondFactor.Outcome;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.shared.Caller;

/** The second factor from its offer to its end, and signing in with it. */
class SecondFactorTest {

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final String PASSWORD = "kvant-demo-1";

  private final AccountWorld world = AccountWorld.create();
  private final TestDatabase database = world.database();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void itCountsFromItsFirstCodeOn() throws Exception {
    SecondFactor.Offer offer = offer(NOW);
    assertThat(offer.outcome()).isEqualTo(Outcome.DONE);
    assertThat(offer.secret()).matches("[A-Z2-7]{32}");
    assertThat(offer.uri())
        .startsWith("otpauth://totp/")
        .contains("dispatcher2?secret=" + offer.secret() + "&issuer=");
    assertThat(state(NOW)).isEqualTo(new SecondFactor.State(null, 0, false));
    assertThat(signIn(NOW)).isInstanceOf(SignIn.Accepted.class);
    assertThat(confirm(NOW, "000000").outcome()).isEqualTo(Outcome.CODE);

    // An offer that is made anew replaces the other.
    String first = offer.secret();
    String second = offer(NOW).secret();
    assertThat(second).isNotEqualTo(first);
    assertThat(confirm(NOW, code(first, NOW)).outcome()).isEqualTo(Outcome.CODE);
    SecondFactor.Codes codes = confirm(NOW, code(second, NOW));
    assertThat(codes.outcome()).isEqualTo(Outcome.DONE);
    assertThat(codes.codes())
        .hasSize(10)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("([a-hjkmnp-z2-9]{6}-){3}[a-hjkmnp-z2-9]{6}"));
    assertThat(state(NOW)).isEqualTo(new SecondFactor.State(NOW, 10, false));
    assertThat(signIn(NOW)).isInstanceOf(SignIn.CodeNeeded.class);
    assertThat(offer(NOW).outcome()).isEqualTo(Outcome.STATE);
    assertThat(confirm(NOW, code(second, NOW.plus(STEP))).outcome()).isEqualTo(Outcome.STATE);
  }

  @Test
  void switchingOnEndsTheOtherSessions() throws Exception {
    for (String token : List.of("this", "other")) {
      database.execute(
          "insert into account_session (digest, account_id, address, agent, began_at, seen_at)"
              + " values (sha256('"
              + token
              + "'), 1, '', '', now(), now())");
    }
    on(NOW);
    assertThat(database.value("select digest = sha256('this') from account_session"))
        .isEqualTo("t");
  }

  @Test
  void aCodeIsTakenOnce() throws Exception {
    String secret = on(NOW);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    assertThat(finish(later, ticket(later), code(secret, later)))
        .isInstanceOf(SignIn.Accepted.class);
    String ticket = ticket(later);
    assertThat(finish(later, ticket, code(secret, later))).isEqualTo(new SignIn.Refused(4));
    assertThat(finish(later, ticket, code(secret, later.minus(STEP))))
        .as("nor an older one")
        .isEqualTo(new SignIn.Refused(3));
    assertThat(finish(later, ticket, code(secret, later.plus(STEP))))
        .isInstanceOf(SignIn.Accepted.class);
    assertThat(finish(later, ticket, code(secret, later))).isEqualTo(new SignIn.Lapsed());
  }

  @Test
  void theCodeThatConfirmedIsUsedUp() throws Exception {
    String secret = on(NOW);
    assertThat(finish(NOW, ticket(NOW), code(secret, NOW))).isEqualTo(new SignIn.Refused(4));
  }

  @Test
  void ofSignInsAtOnceWithOneCodeOneGetsIn() throws Exception {
    String secret = on(NOW);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    // Fewer than lock the login.
    List<String> tickets = List.of(ticket(later), ticket(later), ticket(later), ticket(later));
    CyclicBarrier start = new CyclicBarrier(tickets.size());
    ExecutorService pool = Executors.newFixedThreadPool(tickets.size());
    try {
      List<Future<SignIn>> attempts = new ArrayList<>();
      for (String ticket : tickets) {
        attempts.add(
            pool.submit(
                () -> {
                  start.await();
                  return finish(later, ticket, code(secret, later));
                }));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<SignIn> attempt : attempts) {
        outcomes.add(attempt.get().getClass().getSimpleName());
      }
      assertThat(outcomes).containsExactlyInAnyOrder("Accepted", "Refused", "Refused", "Refused");
    } finally {
      pool.shutdownNow();
    }
    assertThat(database.value("select count(*) from audit where action = 'SIGNED_IN'"))
        .isEqualTo("1");
  }

  @Test
  void wrongCodesAndWrongPasswordsLockTogether() throws Exception {
    String secret = on(NOW);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    assertThat(signIn(later, "wrong")).isEqualTo(new SignIn.Refused(4));
    String ticket = ticket(later);
    assertThat(finish(later, ticket, "000000")).isEqualTo(new SignIn.Refused(3));
    // The password again does not make the failures forgotten.
    String again = ticket(later);
    assertThat(finish(later, again, "000000")).isEqualTo(new SignIn.Refused(2));
    assertThat(signIn(later, "wrong")).isEqualTo(new SignIn.Refused(1));
    Instant open = later.plus(Duration.ofMinutes(15));
    assertThat(finish(later, ticket, "000000")).isEqualTo(new SignIn.Locked(open));
    assertThat(finish(later, ticket, code(secret, later))).isEqualTo(new SignIn.Locked(open));
    assertThat(signIn(later)).isEqualTo(new SignIn.Locked(open));
    assertThat(finish(open, ticket(open), code(secret, open))).isInstanceOf(SignIn.Accepted.class);
    assertThat(signIn(open, "wrong")).isEqualTo(new SignIn.Refused(4));
    assertThat(database.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo(
            "SECOND_FACTOR_ON SIGN_IN_FAILED SECOND_FACTOR_FAILED SECOND_FACTOR_FAILED"
                + " SIGN_IN_FAILED SECOND_FACTOR_FAILED SIGN_IN_LOCKED SIGNED_IN SIGN_IN_FAILED");
  }

  @Test
  void afterFiftyWrongCodesNoneIsTakenButARecoveryCode() throws Exception {
    List<String> recovery = new ArrayList<>();
    String secret = on(NOW, recovery);
    database.execute("update second_factor set wrong_codes = 49");
    Instant later = NOW.plus(STEP.multipliedBy(10));
    assertThat(finish(later, ticket(later), code(secret, later)))
        .as("the fiftieth is still looked at")
        .isInstanceOf(SignIn.Accepted.class);
    assertThat(database.value("select wrong_codes from second_factor")).isEqualTo("0");
    database.execute("update second_factor set wrong_codes = 49");
    Instant then = later.plus(STEP);
    String ticket = ticket(then);
    assertThat(finish(then, ticket, "000000")).isEqualTo(new SignIn.Refused(4));
    assertThat(finish(then, ticket, code(secret, then))).isEqualTo(new SignIn.Refused(3));
    assertThat(finish(then, ticket, recovery.get(0))).isInstanceOf(SignIn.Accepted.class);
    Instant last = then.plus(STEP);
    assertThat(finish(last, ticket(last), code(secret, last))).isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void aRecoveryCodeStandsInOnce() throws Exception {
    List<String> recovery = new ArrayList<>();
    on(NOW, recovery);
    String typed = recovery.get(3).replace("-", " ").toUpperCase(java.util.Locale.ROOT);
    assertThat(finish(NOW, ticket(NOW), typed)).isInstanceOf(SignIn.Accepted.class);
    assertThat(finish(NOW, ticket(NOW), recovery.get(3))).isEqualTo(new SignIn.Refused(4));
    assertThat(finish(NOW, ticket(NOW), recovery.get(4))).isInstanceOf(SignIn.Accepted.class);
    assertThat(state(NOW).recoveryCodes()).isEqualTo(8);
    assertThat(
            database.value(
                "select string_agg(concat_ws(' ', action, object, after), ', ' order by id)"
                    + " from audit where action = 'RECOVERY_CODE_USED'"))
        .isEqualTo(
            "RECOVERY_CODE_USED account dispatcher2 left=9,"
                + " RECOVERY_CODE_USED account dispatcher2 left=8");
  }

  @Test
  void recoveryCodesAreMadeAnew() throws Exception {
    List<String> old = new ArrayList<>();
    String secret = on(NOW, old);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    assertThat(renew(later, "wrong", code(secret, later)).outcome()).isEqualTo(Outcome.PASSWORD);
    assertThat(renew(later, PASSWORD, "000000").outcome()).isEqualTo(Outcome.CODE);
    SecondFactor.Codes codes = renew(later, PASSWORD, code(secret, later));
    assertThat(codes.outcome()).isEqualTo(Outcome.DONE);
    assertThat(codes.codes()).hasSize(10).doesNotContainAnyElementsOf(old);
    assertThat(finish(later, ticket(later), old.get(0))).isEqualTo(new SignIn.Refused(4));
    assertThat(finish(later, ticket(later), codes.codes().get(9)))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void switchingOffAsksForBoth() throws Exception {
    String secret = on(NOW);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    assertThat(off(later, "wrong", code(secret, later))).isEqualTo(Outcome.PASSWORD);
    assertThat(off(later, PASSWORD, "000000")).isEqualTo(Outcome.CODE);
    assertThat(off(later, PASSWORD, "000000")).isEqualTo(Outcome.CODE);
    assertThat(off(later, PASSWORD, code(secret, later))).isEqualTo(Outcome.DONE);
    assertThat(off(later, PASSWORD, code(secret, later))).isEqualTo(Outcome.STATE);
    assertThat(signIn(later)).isInstanceOf(SignIn.Accepted.class);
    assertThat(database.value("select count(*) from recovery_code")).isEqualTo("0");
    assertThat(database.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo(
            "SECOND_FACTOR_ON SIGN_IN_FAILED SECOND_FACTOR_FAILED SECOND_FACTOR_FAILED"
                + " SECOND_FACTOR_OFF SIGNED_IN");
  }

  @Test
  void anOpenSessionIsNoWayToGuess() throws Exception {
    String secret = on(NOW);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    for (int i = 0; i < 5; i++) {
      assertThat(off(later, PASSWORD, "00000" + i)).isEqualTo(Outcome.CODE);
    }
    assertThat(off(later, PASSWORD, code(secret, later))).isEqualTo(Outcome.LOCKED);
  }

  @Test
  void norIsAnOffer() throws Exception {
    String secret = offer(NOW).secret();
    for (int i = 0; i < 5; i++) {
      assertThat(confirm(NOW, "00000" + i).outcome()).isEqualTo(Outcome.CODE);
    }
    assertThat(confirm(NOW, code(secret, NOW)).outcome()).isEqualTo(Outcome.LOCKED);
    assertThat(signIn(NOW)).isEqualTo(new SignIn.Locked(NOW.plus(Duration.ofMinutes(15))));
    assertThat(database.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo(
            "SECOND_FACTOR_FAILED SECOND_FACTOR_FAILED SECOND_FACTOR_FAILED SECOND_FACTOR_FAILED"
                + " SECOND_FACTOR_FAILED");
  }

  @Test
  void whatWasWrongBeforeTheFirstRightCodeIsForgotten() throws Exception {
    String secret = offer(NOW).secret();
    assertThat(confirm(NOW, "000000").outcome()).isEqualTo(Outcome.CODE);
    assertThat(confirm(NOW, code(secret, NOW)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(database.value("select count(*) from sign_in_failure")).isEqualTo("0");
  }

  @Test
  void anOfferLapsesAfterTenMinutes() throws Exception {
    String secret = offer(NOW).secret();
    Instant late = NOW.plus(Duration.ofMinutes(10));
    assertThat(confirm(late, code(secret, late)).outcome()).isEqualTo(Outcome.LAPSED);
    assertThat(database.value("select count(*) from sign_in_failure")).isEqualTo("0");
    Instant before = late.minusNanos(1000);
    assertThat(confirm(before, code(secret, before)).outcome()).isEqualTo(Outcome.DONE);
    // What nobody took goes when somebody asks for another, a day later: until then its owner is
    // told that it lapsed.
    database.execute(
        "delete from recovery_code;"
            + "update second_factor set account_id = 2, confirmed_at = null");
    String offers =
        "select string_agg(account_id::text, ' ' order by account_id) from second_factor";
    offer(late);
    assertThat(database.value(offers)).isEqualTo("1 2");
    offer(NOW.plus(Duration.ofDays(1)));
    assertThat(database.value(offers)).isEqualTo("1");
  }

  @Test
  void aTicketIsGoodForFiveMinutesAndOnlyAsLongAsTheAccountIs() throws Exception {
    String secret = on(NOW);
    String ticket = ticket(NOW);
    Instant late = NOW.plus(Duration.ofMinutes(5));
    assertThat(finish(late, ticket, code(secret, late))).isEqualTo(new SignIn.Lapsed());
    assertThat(finish(late, "guessed", code(secret, late))).isEqualTo(new SignIn.Lapsed());
    String other = ticket(late);
    database.execute("update account set blocked_at = now() where login = 'dispatcher2'");
    assertThat(finish(late, other, code(secret, late))).isEqualTo(new SignIn.Lapsed());
    assertThat(signIn(late)).as("like a wrong password").isEqualTo(new SignIn.Refused(4));
  }

  /** Else a role that demands a second factor would shut them out for good. */
  @Test
  void whoSignsOnByAProviderAloneIsAskedForNoPassword() throws Exception {
    database.execute(
        "insert into provider_link (account_id, name, no_password_at)"
            + " select id, 'd2', password_changed_at from account where login = 'dispatcher2'");
    SecondFactor.Offer offer =
        with(NOW, beans -> beans.factor().offer(caller(beans), chars("anything")));
    assertThat(offer.outcome()).isEqualTo(Outcome.DONE);
    assertThat(confirm(NOW, code(offer.secret(), NOW)).outcome()).isEqualTo(Outcome.DONE);
    Instant later = NOW.plus(STEP.multipliedBy(10));
    assertThat(off(later, "", "000000")).as("a code all the same").isEqualTo(Outcome.CODE);
    assertThat(off(later, "", code(offer.secret(), later))).isEqualTo(Outcome.DONE);
    database.execute("update account set password_changed_at = now() where login = 'dispatcher2'");
    assertThat(offer(NOW).outcome()).as("it has a password again").isEqualTo(Outcome.DONE);
    assertThat(with(NOW, beans -> beans.factor().offer(caller(beans), chars("anything"))).outcome())
        .isEqualTo(Outcome.PASSWORD);
  }

  @Test
  void theSecretIsSealedForItsRow() throws Exception {
    String secret = on(NOW);
    assertThat(
            database.value(
                "select length(secret) || ' ' || (position('"
                    + secret
                    + "'::bytea in secret)) from second_factor"))
        .isEqualTo((1 + 4 + 12 + 20 + 16) + " 0");
    // Another account's row opens nothing with it.
    database.execute("delete from recovery_code");
    database.execute("update second_factor set account_id = 2");
    Instant later = NOW.plus(STEP.multipliedBy(10));
    SignIn half =
        with(later, beans -> beans.accounts().signIn("admin", chars("kvant-demo-admin-1"), ""));
    assertThat(finish(later, ((SignIn.CodeNeeded) half).ticket(), code(secret, later)))
        .isEqualTo(new SignIn.Refused(4));
    assertThat(database.value("select string_agg(a::text, '') from audit a"))
        .doesNotContain(secret);
  }

  @Test
  void aRoleDemandsIt() throws Exception {
    database.execute("update role set demands_second_factor = true where name = 'OPERATOR'");
    assertThat(viewer().mustEnrol()).isTrue();
    assertThat(state(NOW).demanded()).isTrue();
    on(NOW);
    assertThat(viewer().mustEnrol()).isFalse();
    database.execute("delete from second_factor");
    database.execute("update role set demands_second_factor = false");
    assertThat(viewer().mustEnrol()).isFalse();
  }

  private org.kvantenergo.account.Viewer viewer() throws Exception {
    return with(NOW, beans -> beans.accounts().find("dispatcher2").orElseThrow());
  }

  private SecondFactor.Offer offer(Instant now) throws Exception {
    return with(now, beans -> beans.factor().offer(caller(beans), chars(PASSWORD)));
  }

  private SecondFactor.State state(Instant now) throws Exception {
    return with(now, beans -> beans.factor().state(caller(beans)));
  }

  private SecondFactor.Codes confirm(Instant now, String code) throws Exception {
    return with(now, beans -> beans.factor().confirm(caller(beans), code, "this"));
  }

  private SecondFactor.Codes renew(Instant now, String password, String code) throws Exception {
    return with(now, beans -> beans.factor().renewCodes(caller(beans), chars(password), code));
  }

  private Outcome off(Instant now, String password, String code) throws Exception {
    return with(now, beans -> beans.factor().off(caller(beans), chars(password), code));
  }

  private String on(Instant now) throws Exception {
    return on(now, new ArrayList<>());
  }

  /** Switches it on; returns its secret, and adds its recovery codes to a list. */
  private String on(Instant now, List<String> recovery) throws Exception {
    String secret = offer(now).secret();
    recovery.addAll(confirm(now, code(secret, now)).codes());
    return secret;
  }

  private SignIn signIn(Instant now) throws Exception {
    return signIn(now, PASSWORD);
  }

  private SignIn signIn(Instant now, String password) throws Exception {
    return with(now, beans -> beans.accounts().signIn("dispatcher2", chars(password), "10.0.0.7"));
  }

  private String ticket(Instant now) throws Exception {
    return ((SignIn.CodeNeeded) signIn(now)).ticket();
  }

  private SignIn finish(Instant now, String ticket, String code) throws Exception {
    return with(now, beans -> beans.accounts().finish(ticket, code, "10.0.0.7"));
  }

  private static Caller caller(AccountBeans beans) {
    return beans.accounts().find("dispatcher2").orElseThrow().caller("10.0.0.7");
  }

  private static char[] chars(String text) {
    return text.toCharArray();
  }

  /** The code of a secret, worked out as an authenticator would. */
  private static String code(String base32, Instant at) {
    int bits = 0;
    int buffer = 0;
    java.io.ByteArrayOutputStream secret = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < base32.length(); i++) {
      buffer =
          ((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i))) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        secret.write(buffer >> bits);
      }
    }
    return Totp.code(secret.toByteArray(), Totp.step(at));
  }

  private <T> T with(Instant now, Function<AccountBeans, T> work) {
    return world.with(now, work);
  }
}
