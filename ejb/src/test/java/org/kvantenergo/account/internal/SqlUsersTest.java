package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Users.Outcome;
import org.kvantenergo.account.Users.Profile;
import org.kvantenergo.account.Users.Result;
import org.kvantenergo.account.Users.User;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlUsersTest {

  private static final Slice TEN = new Slice(0, 10);
  private static final OrganisationId WATER = new OrganisationId(1);
  private static final OrganisationId NORTH = new OrganisationId(2);
  private static final OrganisationId HEAT = new OrganisationId(3);
  // Ready-made, in the order of the migration.
  private static final long ADMINISTRATOR = 1;
  private static final long MANAGER = 2;
  private static final long ENGINEER = 3;
  private static final long OBSERVER = 5;

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final TestDatabase database = TestDatabase.create();
  private final PasswordHasher hasher = new PasswordHasher(new Argon2Hash.Cost(256, 1, 1));
  private final SqlUsers users =
      new SqlUsers(
          database.dataSource(),
          hasher,
          new SqlAuditTrail(database.dataSource(), CLOCK),
          CLOCK,
          Duration.parse(SqlUsers.FIRST_LIFETIME));
  private final Caller administrator = caller(1, EnumSet.allOf(Permission.class));
  private final Caller manager =
      caller(
          2,
          Set.of(
              Permission.READ_DEVICES,
              Permission.REGISTER,
              Permission.MANAGE_USERS,
              Permission.READ_AUDIT));

  @BeforeEach
  void people() throws Exception {
    database.execute(
        """
        insert into organisation (name, parent_id)
          values ('Водоканал', null), ('Север', 1), ('Теплосеть', null);
        insert into account (organisation_id, login, name, password_hash) values
          (1, 'admin', 'Админ', ''), (1, 'manager', 'Руководитель', ''),
          (2, 'north', 'Северов', ''), (3, 'heat', 'Теплов', '');
        insert into account_role values (1, 1), (2, 2), (3, 5), (4, 1);
        insert into role (organisation_id, name) values (1, 'Мастер'), (3, 'Чужая');
        insert into role_permission values (6, 'SEND_COMMANDS');
        """);
  }

  @Test
  void onesPartOfTheTreeIsSeenAndNothingBeside() throws Exception {
    assertThat(users.list(administrator, "", TEN).rows())
        .extracting(User::login)
        .containsExactly("admin", "manager", "north");
    assertThat(users.list(administrator, "СЕВЕР", TEN).rows())
        .extracting(User::login)
        .containsExactly("north");
    assertThat(users.find(administrator, 4)).isEmpty();
    assertThat(users.block(administrator, 4, true)).isEqualTo(result(Outcome.UNKNOWN));
    assertThat(users.resetPassword(administrator, 4)).isEqualTo(result(Outcome.UNKNOWN));
    assertThat(users.change(administrator, 4, profile(WATER))).isEqualTo(result(Outcome.UNKNOWN));
    assertThat(users.add(administrator, "new", profile(HEAT))).isEqualTo(result(Outcome.UNKNOWN));
    assertThat(users.change(administrator, 3, profile(HEAT))).isEqualTo(result(Outcome.UNKNOWN));
    assertThat(users.roles(administrator)).extracting(role -> role.name()).doesNotContain("Чужая");
    assertThat(database.value("select count(*) from audit")).isEqualTo("0");
  }

  @Test
  void anAccountBeginsWithAPasswordThatMustBeChanged() throws Exception {
    Result added = users.add(administrator, " Ivanov ", profile(NORTH, OBSERVER, 6));
    assertThat(added.outcome()).isEqualTo(Outcome.DONE);
    String hash = database.value("select password_hash from account where login = 'ivanov'");
    assertThat(hasher.matches(hash, added.password().toCharArray())).isTrue();
    User user = users.list(administrator, "ivanov", TEN).rows().get(0);
    assertThat(user.mustChange()).isTrue();
    assertThat(user.firstUntil()).isEqualTo(Instant.parse("2026-11-24T03:00:00Z"));
    assertThat(added.until()).isEqualTo(user.firstUntil());
    assertThat(user.signedInAt()).isNull();
    assertThat(user.roles()).containsExactly(OBSERVER, 6L);
    assertThat(user.organisationName()).isEqualTo("Север");
    assertThat(database.value("select concat_ws('|', action, object, after) from audit"))
        .isEqualTo("USER_ADDED|account ivanov|name=Имя\norganisation=2\nroles=5 6");
    assertThat(users.add(administrator, "IVANOV", profile(NORTH)))
        .isEqualTo(result(Outcome.LOGIN_TAKEN));
    assertThat(users.add(administrator, "a b", profile(NORTH)))
        .isEqualTo(result(Outcome.MALFORMED));
    assertThat(users.add(administrator, "petrov", new Profile(" ", NORTH, List.of())))
        .isEqualTo(result(Outcome.MALFORMED));
  }

  @Test
  void aChangeSaysWhatWasAndWhatIs() throws Exception {
    assertThat(users.change(administrator, 3, profile(WATER, ENGINEER)).outcome())
        .isEqualTo(Outcome.DONE);
    assertThat(database.value("select before || '>' || after from audit"))
        .isEqualTo("name=Северов\norganisation=2\nroles=5>name=Имя\norganisation=1\nroles=3");
  }

  @Test
  void blockingAndResettingEndSessions() throws Exception {
    for (Runnable act :
        List.<Runnable>of(
            () -> users.block(administrator, 3, true),
            () -> users.resetPassword(administrator, 3))) {
      database.execute(
          "insert into account_session (digest, account_id, address, agent, began_at, seen_at)"
              + " values (sha256('x'), 3, '', '', now(), now())");
      act.run();
      assertThat(database.value("select count(*) from account_session")).isEqualTo("0");
    }
    assertThat(users.find(administrator, 3).orElseThrow().blockedAt()).isNotNull();
    users.block(administrator, 3, false);
    assertThat(users.find(administrator, 3).orElseThrow().blockedAt()).isNull();
    assertThat(database.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo("USER_BLOCKED PASSWORD_RESET USER_UNBLOCKED");
  }

  @Test
  void whatIsLostIsTakenAwayAndEndsSessions() throws Exception {
    database.execute(
        """
        insert into second_factor (account_id, secret, offered_at, confirmed_at)
          values (3, '', now(), now()), (1, '', now(), now());
        insert into recovery_code values (3, '');
        update account set second_password_hash = 'x' where id = 3;
        """);
    assertThat(users.find(administrator, 3).orElseThrow())
        .matches(User::secondFactor)
        .matches(User::secondPassword);
    session(3);
    assertThat(users.resetFactor(administrator, 3)).isEqualTo(result(Outcome.DONE));
    assertThat(database.value("select count(*) from recovery_code")).isEqualTo("0");
    assertThat(database.value("select count(*) from account_session")).isEqualTo("0");
    session(3);
    assertThat(users.resetSecondPassword(administrator, 3)).isEqualTo(result(Outcome.DONE));
    assertThat(database.value("select count(*) from account_session")).isEqualTo("0");
    assertThat(users.find(administrator, 3).orElseThrow())
        .matches(user -> !user.secondFactor())
        .matches(user -> !user.secondPassword());
    // Nothing to take away, nothing to tell.
    users.resetFactor(administrator, 3);
    users.resetSecondPassword(administrator, 3);
    assertThat(users.resetFactor(manager, 1)).isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.resetSecondPassword(manager, 1)).isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.resetFactor(administrator, 4)).isEqualTo(result(Outcome.UNKNOWN));
    assertThat(
            database.value(
                "select string_agg(action || ' ' || object, ', ' order by id) from audit"))
        .isEqualTo("SECOND_FACTOR_RESET account north, SECOND_PASSWORD_RESET account north");
    assertThat(database.value("select count(*) from second_factor")).isEqualTo("1");
  }

  @Test
  void sessionsOfOthersAreSeenAndEnded() throws Exception {
    session(3);
    session(3);
    session(1);
    session(4);
    assertThat(users.sessions(administrator, 3)).hasSize(2);
    assertThat(users.sessions(administrator, 4)).isEmpty();
    long one = users.sessions(administrator, 3).get(0).id();
    assertThat(users.endSession(administrator, 3, one)).isEqualTo(result(Outcome.DONE));
    assertThat(users.sessions(administrator, 3)).hasSize(1);
    // The id of somebody else's session ends nothing.
    long other =
        Long.parseLong(database.value("select id from account_session where account_id = 1"));
    assertThat(users.endSession(administrator, 3, other)).isEqualTo(result(Outcome.DONE));
    assertThat(users.sessions(administrator, 3)).hasSize(1);
    session(3);
    assertThat(users.endSession(administrator, 3, 0)).isEqualTo(result(Outcome.DONE));
    assertThat(users.endSession(manager, 1, 0)).isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(
            database.value(
                "select string_agg(account_id::text, ' ' order by 1) from account_session"))
        .isEqualTo("1 4");
    assertThat(
            database.value(
                "select string_agg(concat_ws(' ', action, object, after), ', ' order by id) from audit"))
        .isEqualTo("SESSIONS_ENDED account north count=1, SESSIONS_ENDED account north count=2");
  }

  /** The same that a person sees of the own ones: what is over and not purged yet is none. */
  @Test
  void sessionsThatWereNotUsedForLongAreOver() throws Exception {
    session(3);
    database.execute(
        "update account_session set seen_at = '%s'".formatted(NOW.minus(Sessions.IDLE)));
    assertThat(users.sessions(administrator, 3)).isEmpty();
    database.execute("update account_session set seen_at = seen_at + interval '1 ms'");
    assertThat(users.sessions(administrator, 3)).hasSize(1);
  }

  private void session(long account) throws Exception {
    database.execute(
        """
        insert into account_session (digest, account_id, address, agent, began_at, seen_at)
        values (sha256(random()::text::bytea), %d, '', '', '2026-11-21T02:00:00Z', now())
        """
            .formatted(account));
  }

  @Test
  void nobodyGivesOrTakesOverWhatTheyDoNotHave() {
    assertThat(users.roles(manager))
        .extracting(role -> role.id())
        .containsExactly(MANAGER, OBSERVER);
    assertThat(users.add(manager, "friend", profile(WATER, ADMINISTRATOR)))
        .isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.add(manager, "friend", profile(WATER, 6)))
        .isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.change(manager, 3, profile(NORTH, ENGINEER)))
        .isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.find(manager, 1).orElseThrow().mightier()).isTrue();
    assertThat(users.resetPassword(manager, 1)).isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.block(manager, 1, true)).isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.change(manager, 1, profile(WATER))).isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.change(manager, 2, profile(NORTH, MANAGER)))
        .as("oneself")
        .isEqualTo(result(Outcome.NOT_YOURS));
    assertThat(users.resetPassword(manager, 3).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void whoMayNotDoesNothing() {
    EnumSet<Permission> others = EnumSet.complementOf(EnumSet.of(Permission.MANAGE_USERS));
    Caller other = caller(1, others);
    for (Runnable method :
        List.<Runnable>of(
            () -> users.list(other, "", TEN),
            () -> users.find(other, 3),
            () -> users.roles(other),
            () -> users.add(other, "x", profile(NORTH)),
            () -> users.change(other, 3, profile(NORTH)),
            () -> users.resetPassword(other, 3),
            () -> users.resetFactor(other, 3),
            () -> users.resetSecondPassword(other, 3),
            () -> users.sessions(other, 3),
            () -> users.endSession(other, 3, 0),
            () -> users.block(other, 3, true))) {
      assertThatThrownBy(method::run)
          .isInstanceOf(NotPermittedException.class)
          .hasMessage("not permitted: MANAGE_USERS");
    }
  }

  private static Profile profile(OrganisationId organisation, long... roles) {
    return new Profile("Имя", organisation, java.util.stream.LongStream.of(roles).boxed().toList());
  }

  private static Result result(Outcome outcome) {
    return new Result(outcome, "", null);
  }

  private static Caller caller(long account, Set<Permission> permissions) {
    return new Caller(account, "x", "", new Scope(WATER, false), permissions);
  }
}
