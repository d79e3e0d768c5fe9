package org.kvantenergo.account.internal;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.Roles;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.TechnologicalMode.Door;
import org.kvantenergo.account.TechnologicalMode.Entry;
import org.kvantenergo.account.TechnologicalMode.State;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;

class TechnologicalModeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final String SIGN_IN = "kvant-demo-admin-1";
  private static final String SECOND = "вентиль-осень-рельсы";

  private static final String SEEN =
      "select seen_at from account_session where digest = sha256('one')";

  /** Has no right to the mode. */
  private static final Map.Entry<String, Boolean> FOREIGN = entry("foreign", true);

  private final AccountWorld world = AccountWorld.create();
  private final TestDatabase database = world.database();

  @BeforeEach
  void sessions() throws Exception {
    database.execute(
        """
        update role set without_second_password = false;
        insert into account_session (digest, account_id, address, agent, began_at, seen_at) values
          (sha256('one'), 2, '', '', now(), now()), (sha256('two'), 2, '', '', now(), now()),
          (sha256('foreign'), 1, '', '', now(), now());
        """);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFirstTimeThereIsNothingToAskFor() {
    assertThat(state(NOW, "one")).isEqualTo(new State(Door.UNSET, null, false));
    assertThat(enter(NOW, SIGN_IN, "one")).isEqualTo(new Entry.Unset());
    assertThat(entered(NOW, "one")).isFalse();
  }

  @Test
  void itIsOpenInOneSessionAsLongAsItIsUsed() {
    choose("");
    assertThat(state(NOW, "one")).isEqualTo(new State(Door.SHUT, null, true));
    assertThat(enter(NOW, SECOND, "one")).isEqualTo(new Entry.Entered(NOW.plus(QUARTER)));
    assertThat(entered(NOW, "one")).isTrue();
    assertThat(entered(NOW, "two")).isFalse();
    assertThat(state(NOW, "two").door()).isEqualTo(Door.SHUT);

    Instant last = NOW.plus(QUARTER).minusMillis(1);
    assertThat(state(last, "one")).isEqualTo(new State(Door.OPEN, NOW.plus(QUARTER), true));
    assertThat(looked(last, "one")).as("looking is no use").isTrue();
    assertThat(entered(last, "one")).isTrue();
    assertThat(state(last, "one").until()).isEqualTo(last.plus(QUARTER));
    // The time of use is exact to a minute.
    assertThat(entered(last.plusSeconds(60), "one")).isTrue();
    assertThat(state(last, "one").until()).isEqualTo(last.plus(QUARTER));
    assertThat(entered(last.plusSeconds(61), "one")).isTrue();
    Instant end = last.plusSeconds(61).plus(QUARTER);
    assertThat(state(last, "one").until()).isEqualTo(end);
    assertThat(entered(end, "one")).isFalse();
    assertThat(entered(end.minusMillis(1), "one")).isTrue();
  }

  @Test
  void itIsShutByLeaving() throws Exception {
    choose("");
    enter(NOW, SECOND, "one");
    enter(NOW, SECOND, "two");
    world.with(
        NOW,
        beans -> {
          beans.mode().leave(caller(beans), "one");
          beans.mode().leave(caller(beans), "one");
          return null;
        });
    assertThat(entered(NOW, "one")).isFalse();
    assertThat(entered(NOW, "two")).isTrue();
    assertThat(actions())
        .isEqualTo(
            "SECOND_PASSWORD_SET TECHNOLOGICAL_MODE_ENTERED TECHNOLOGICAL_MODE_ENTERED"
                + " TECHNOLOGICAL_MODE_LEFT");
  }

  @Test
  void anotherPersonsSessionOpensNothing() {
    choose("");
    enter(NOW, SECOND, "foreign");
    assertThat(entered(NOW, "foreign")).isFalse();
  }

  @Test
  void fiveFailuresLockItAndNotTheSignIn() throws Exception {
    choose("");
    for (int left = 4; left >= 1; left--) {
      assertThat(enter(NOW, SIGN_IN, "one")).isEqualTo(new Entry.Refused(left));
    }
    assertThat(enter(NOW, "wrong", "one")).isEqualTo(new Entry.Locked(NOW.plus(QUARTER)));
    Instant last = NOW.plus(QUARTER).minusMillis(1);
    assertThat(state(last, "one")).isEqualTo(new State(Door.LOCKED, NOW.plus(QUARTER), true));
    assertThat(state(NOW.plus(QUARTER), "one").door()).isEqualTo(Door.SHUT);
    assertThat(enter(last, SECOND, "two")).isEqualTo(new Entry.Locked(NOW.plus(QUARTER)));
    SignIn signIn =
        world.with(NOW, beans -> beans.accounts().signIn("admin", SIGN_IN.toCharArray(), ""));
    assertThat(signIn).isInstanceOf(SignIn.Accepted.class);
    assertThat(enter(NOW.plus(QUARTER), SECOND, "one")).isInstanceOf(Entry.Entered.class);
    assertThat(enter(NOW.plus(QUARTER), "wrong", "one")).isEqualTo(new Entry.Refused(4));
    assertThat(actions())
        .isEqualTo(
            "SECOND_PASSWORD_SET SECOND_PASSWORD_FAILED SECOND_PASSWORD_FAILED"
                + " SECOND_PASSWORD_FAILED SECOND_PASSWORD_FAILED SECOND_PASSWORD_LOCKED SIGNED_IN"
                + " TECHNOLOGICAL_MODE_ENTERED SECOND_PASSWORD_FAILED");
    assertThat(database.value("select string_agg(a::text, '') from audit a"))
        .doesNotContain(SECOND)
        .doesNotContain("wrong");
  }

  @Test
  void aSignInThatIsLockedLocksNotTheMode() {
    choose("");
    for (int i = 0; i < 5; i++) {
      world.with(NOW, beans -> beans.accounts().signIn("admin", "wrong".toCharArray(), ""));
    }
    assertThat(enter(NOW, SECOND, "one")).isInstanceOf(Entry.Entered.class);
  }

  @Test
  void itMustBeAnotherThanTheOneForSigningIn() {
    assertThat(choose("wrong", "", SECOND)).contains(PasswordFault.WRONG);
    assertThat(choose(SIGN_IN, "", SIGN_IN)).contains(PasswordFault.OTHER);
    assertThat(choose(SIGN_IN, "", "password1234")).contains(PasswordFault.COMMON);
    assertThat(choose(SIGN_IN, "", "short")).contains(PasswordFault.SHORT);
    assertThat(choose(SIGN_IN, "anything", SECOND)).isEmpty();
    // And the one for signing in must be another than it.
    assertThat(change(SECOND)).contains(PasswordFault.OTHER);
    assertThat(change("сено-корова-мост-7")).isEmpty();
  }

  @Test
  void replacingItAsksForItAndShutsTheMode() throws Exception {
    choose("");
    enter(NOW, SECOND, "one");
    assertThat(choose(SIGN_IN, "", "другой-вентиль-зимой")).contains(PasswordFault.SECOND_WRONG);
    assertThat(choose(SIGN_IN, SECOND, SECOND)).contains(PasswordFault.SAME);
    assertThat(entered(NOW, "one")).isTrue();
    assertThat(choose(SIGN_IN, SECOND, "другой-вентиль-зимой")).isEmpty();
    assertThat(entered(NOW, "one")).isFalse();
    assertThat(enter(NOW, SECOND, "one")).isEqualTo(new Entry.Refused(4));
    for (int i = 0; i < 4; i++) {
      choose(SIGN_IN, "wrong", SECOND);
    }
    assertThat(choose(SIGN_IN, "другой-вентиль-зимой", SECOND)).contains(PasswordFault.LOCKED);
  }

  @Test
  void aRoleThatAllowsTheModeMayAskForNone() throws Exception {
    database.execute("update role set without_second_password = true where name = 'OBSERVER'");
    database.execute("insert into account_role select 2, id from role where name = 'OBSERVER'");
    assertThat(state(NOW, "one").door()).as("it does not allow the mode").isEqualTo(Door.UNSET);
    assertThat(asked()).isTrue();
    database.execute("update role set without_second_password = true where name = 'ADMINISTRATOR'");
    assertThat(state(NOW, "one")).isEqualTo(new State(Door.FREE, null, false));
    assertThat(entered(NOW, "one")).isTrue();
    assertThat(asked()).isFalse();
    // Nobody without the right to the mode is asked.
    assertThat(world.with(NOW, beans -> beans.accounts().find("dispatcher2")).orElseThrow())
        .matches(viewer -> !viewer.secondPassword());
  }

  /** Else an unlocked screen would be enough to need no second password any more. */
  @Test
  void whoWaivesItHasGivenIt() throws Exception {
    choose("");
    long own = Long.parseLong(database.value("select id from role where name = 'ADMINISTRATOR'"));
    assertThat(waive(own, "one")).isEqualTo(Roles.Outcome.SHUT);
    assertThat(database.value("select bool_or(without_second_password) from role")).isEqualTo("f");
    enter(NOW, SECOND, "two");
    assertThat(waive(own, "one")).as("open in another session").isEqualTo(Roles.Outcome.SHUT);
    assertThat(waive(own, "two")).isEqualTo(Roles.Outcome.DONE);
    assertThat(waive(own, "one")).as("it is so already").isEqualTo(Roles.Outcome.DONE);
    long engineer = Long.parseLong(database.value("select id from role where name = 'ENGINEER'"));
    assertThat(waive(engineer, "one")).as("a role asks for none").isEqualTo(Roles.Outcome.DONE);
  }

  @Test
  void norDoesTheRightToTheModeJoinAWaiver() throws Exception {
    choose("");
    database.execute(
        "insert into role (organisation_id, name, without_second_password)"
            + " values (1, 'Мастер', true)");
    long role = Long.parseLong(database.value("select max(id) from role"));
    Roles.Profile profile = new Roles.Profile("Мастер", Set.of(Permission.TECHNOLOGICAL_MODE));
    Function<AccountBeans, Roles.Outcome> give =
        beans -> beans.roles().change(caller(beans), role, profile, "one");
    assertThat(mode(NOW, give)).isEqualTo(Roles.Outcome.SHUT);
    enter(NOW, SECOND, "one");
    assertThat(mode(NOW, give)).isEqualTo(Roles.Outcome.DONE);
  }

  private Roles.Outcome waive(long role, String token) {
    return mode(
        NOW, beans -> beans.roles().ask(caller(beans), role, new Roles.Asks(false, true), token));
  }

  private boolean asked() {
    return world.with(NOW, beans -> beans.accounts().find("admin").orElseThrow()).secondPassword();
  }

  /** As at a request, but for that looking is no use. */
  @Test
  void whoWatchesIsAskedAsAtAPage() throws Exception {
    choose("");
    enter(NOW, SECOND, "one");
    database.execute("update account set must_change = false");
    assertThat(inMode(NOW)).containsOnly(entry("one", true), entry("two", false), FOREIGN);
    assertThat(inMode(NOW.plus(QUARTER)))
        .containsOnly(entry("one", false), entry("two", false), FOREIGN);
    database.execute("update account set must_change = true where id = 1");
    assertThat(inMode(NOW)).containsOnlyKeys("one", "two");
    database.execute("update account set blocked_at = now() where id = 2");
    assertThat(inMode(NOW)).isEmpty();
    database.execute("update account set blocked_at = null, must_change = false");
    String seen = database.value(SEEN);
    assertThat(inMode(Instant.parse("2030-01-01T00:00:00Z"))).as("not used for long").isEmpty();
    assertThat(database.value(SEEN)).isEqualTo(seen);
  }

  private Map<String, Boolean> inMode(Instant now) {
    Map<String, Sessions.Watching> watching =
        world.with(now, beans -> beans.sessions().watching(Set.of("one", "two", "foreign", "no")));
    watching.forEach(
        (token, who) ->
            assertThat(who.viewer())
                .isEqualTo(world.with(now, b -> b.accounts().find(who.viewer().login())).get()));
    return watching.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().inMode()));
  }

  private String actions() throws Exception {
    return database.value("select string_agg(action, ' ' order by id) from audit");
  }

  private void choose(String current) {
    assertThat(choose(SIGN_IN, current, SECOND)).isEmpty();
  }

  private Optional<PasswordFault> choose(String signIn, String current, String fresh) {
    return mode(
        NOW,
        beans ->
            beans
                .mode()
                .choosePassword(
                    caller(beans),
                    signIn.toCharArray(),
                    current.toCharArray(),
                    fresh.toCharArray()));
  }

  private Optional<PasswordFault> change(String fresh) {
    return mode(
        NOW,
        beans ->
            beans
                .accounts()
                .changePassword(caller(beans), SIGN_IN.toCharArray(), fresh.toCharArray(), "one"));
  }

  private State state(Instant now, String token) {
    return mode(now, beans -> beans.mode().state(caller(beans), token));
  }

  private Entry enter(Instant now, String password, String token) {
    return mode(now, beans -> beans.mode().enter(caller(beans), password.toCharArray(), token));
  }

  private boolean entered(Instant now, String token) {
    return mode(now, beans -> beans.mode().entered(caller(beans), token, true));
  }

  private boolean looked(Instant now, String token) {
    return mode(now, beans -> beans.mode().entered(caller(beans), token, false));
  }

  private static Caller caller(AccountBeans beans) {
    return beans.accounts().find("admin").orElseThrow().caller("10.0.0.7");
  }

  private <T> T mode(Instant now, Function<AccountBeans, T> work) {
    return world.with(now, work);
  }
}
