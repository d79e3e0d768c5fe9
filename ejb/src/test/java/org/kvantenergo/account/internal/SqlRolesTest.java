package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.Roles.Asks;
import org.kvantenergo.account.Roles.Held;
import org.kvantenergo.account.Roles.Outcome;
import org.kvantenergo.account.Roles.Profile;
import org.kvantenergo.account.Users;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

class SqlRolesTest {

  private static final OrganisationId WATER = new OrganisationId(1);
  private static final OrganisationId NORTH = new OrganisationId(2);
  private static final long MASTER = 6;
  private static final long NORTHS = 7;
  private static final long HEATS = 8;

  private final TestDatabase database = TestDatabase.create();
  private final SqlAuditTrail trail = new SqlAuditTrail(database.dataSource(), Clock.systemUTC());
  private final SqlRoles roles = new SqlRoles(database.dataSource(), trail, null);
  private final SqlUsers users =
      new SqlUsers(
          database.dataSource(),
          new PasswordHasher(new Argon2Hash.Cost(256, 1, 1)),
          trail,
          java.time.Clock.systemUTC(),
          java.time.Duration.ofDays(3));
  private final Caller administrator = caller(WATER, EnumSet.allOf(Permission.class));
  private final Caller north = caller(NORTH, EnumSet.allOf(Permission.class));

  @BeforeEach
  void roles() throws Exception {
    database.execute(
        """
        insert into organisation (name, parent_id)
          values ('Водоканал', null), ('Север', 1), ('Теплосеть', null);
        insert into account (organisation_id, login, name, password_hash)
          values (1, 'water', 'Водин', ''), (2, 'north', 'Северов', ''), (3, 'heat', 'Теплов', '');
        insert into role (organisation_id, name)
          values (1, 'Мастер'), (2, 'Сторож'), (3, 'Чужая');
        insert into role_permission values (6, 'SEND_COMMANDS'), (7, 'READ_DEVICES');
        insert into account_role values (2, 6), (3, 8), (3, 5);
        """);
  }

  @Test
  void readyMadeOnesAndOnesPartOfTheTreeAreSeen() {
    assertThat(roles.list(administrator))
        .extracting(Held::name)
        .containsExactly(
            "ADMINISTRATOR", "MANAGER", "ENGINEER", "OPERATOR", "OBSERVER", "Мастер", "Сторож");
    assertThat(roles.list(north))
        .extracting(Held::name)
        .contains("Сторож")
        .doesNotContain("Мастер");
    assertThat(roles.find(administrator, MASTER))
        .contains(
            new Held(
                MASTER,
                false,
                "Мастер",
                WATER,
                "Водоканал",
                Set.of(Permission.SEND_COMMANDS),
                1,
                new Asks(false, false),
                true,
                true));
    assertThat(roles.find(administrator, HEATS)).isEmpty();
    assertThat(roles.find(administrator, 5).orElseThrow().holders())
        .as("holders elsewhere are not counted")
        .isZero();
  }

  @Test
  void aRoleIsMadeChangedAndRemovedWithANote() throws Exception {
    assertThat(roles.add(administrator, NORTH, profile("Аудитор", Permission.READ_AUDIT)))
        .isEqualTo(Outcome.DONE);
    assertThat(
            roles.change(
                administrator,
                9,
                profile("Ревизор", Permission.READ_AUDIT, Permission.READ_DEVICES),
                "this"))
        .isEqualTo(Outcome.DONE);
    assertThat(roles.find(administrator, 9).orElseThrow().permissions())
        .containsExactlyInAnyOrder(Permission.READ_AUDIT, Permission.READ_DEVICES);
    assertThat(roles.remove(administrator, 9)).isEqualTo(Outcome.DONE);
    assertThat(roles.find(administrator, 9)).isEmpty();
    assertThat(
            database.value(
                "select string_agg(concat_ws('|', action, object, before, after), ';' order by id)"
                    + " from audit"))
        .isEqualTo(
            "ROLE_ADDED|role Аудитор of organisation 2||name=Аудитор\npermissions=READ_AUDIT;"
                + "ROLE_CHANGED|role Аудитор of organisation 2|name=Аудитор\npermissions=READ_AUDIT"
                + "|name=Ревизор\npermissions=READ_DEVICES READ_AUDIT;"
                + "ROLE_REMOVED|role Ревизор of organisation 2|name=Ревизор\n"
                + "permissions=READ_DEVICES READ_AUDIT|");
  }

  @Test
  void whatARoleAsksIsChangedWithANote() throws Exception {
    Asks both = new Asks(true, true);
    assertThat(roles.ask(administrator, MASTER, both, "this")).isEqualTo(Outcome.DONE);
    assertThat(roles.ask(administrator, MASTER, both, "this")).isEqualTo(Outcome.DONE);
    assertThat(roles.find(administrator, MASTER).orElseThrow().asks()).isEqualTo(both);
    assertThat(roles.ask(administrator, HEATS, both, "this")).isEqualTo(Outcome.UNKNOWN);
    // Ready-made ones are everybody's: only who runs the installation decides.
    assertThat(roles.find(administrator, 5).orElseThrow().adjustable()).isFalse();
    assertThat(roles.ask(administrator, 5, both, "this")).isEqualTo(Outcome.NOT_YOURS);
    Caller running =
        new Caller(
            1,
            "x",
            "",
            new Scope(WATER, true),
            EnumSet.of(Permission.MANAGE_ROLES, Permission.READ_DEVICES));
    assertThat(roles.ask(running, 5, new Asks(true, false), "this")).isEqualTo(Outcome.DONE);
    assertThat(roles.ask(running, 1, both, "this"))
        .as("it allows more")
        .isEqualTo(Outcome.NOT_YOURS);
    assertThat(
            database.value(
                "select string_agg(concat_ws('|', action, object, before, after), ';' order by id)"
                    + " from audit"))
        .isEqualTo(
            "ROLE_CHANGED|role Мастер of organisation 1|secondFactor=false\nwithoutSecondPassword=false"
                + "|secondFactor=true\nwithoutSecondPassword=true;"
                + "ROLE_CHANGED|role OBSERVER|secondFactor=false\nwithoutSecondPassword=false"
                + "|secondFactor=true\nwithoutSecondPassword=false");
  }

  @Test
  void whatIsRefusedChangesNothing() throws Exception {
    assertThat(roles.change(administrator, 5, profile("x"), "this")).isEqualTo(Outcome.NOT_YOURS);
    assertThat(roles.remove(administrator, 5)).isEqualTo(Outcome.NOT_YOURS);
    assertThat(roles.change(administrator, HEATS, profile("x"), "this")).isEqualTo(Outcome.UNKNOWN);
    assertThat(roles.remove(administrator, HEATS)).isEqualTo(Outcome.UNKNOWN);
    assertThat(roles.add(administrator, new OrganisationId(3), profile("x")))
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(roles.add(administrator, WATER, profile("Мастер"))).isEqualTo(Outcome.NAME_TAKEN);
    assertThat(roles.add(administrator, WATER, profile(" "))).isEqualTo(Outcome.MALFORMED);
    assertThat(roles.add(administrator, WATER, profile("x".repeat(61))))
        .isEqualTo(Outcome.MALFORMED);
    assertThat(roles.remove(administrator, MASTER)).isEqualTo(Outcome.HELD);
    Caller little = caller(WATER, EnumSet.of(Permission.MANAGE_ROLES, Permission.READ_DEVICES));
    assertThat(roles.change(little, MASTER, profile("x"), "this")).isEqualTo(Outcome.NOT_YOURS);
    assertThat(roles.change(little, NORTHS, profile("x", Permission.READ_SECRETS), "this"))
        .isEqualTo(Outcome.NOT_YOURS);
    assertThat(roles.add(little, WATER, profile("x", Permission.MANAGE_USERS)))
        .isEqualTo(Outcome.NOT_YOURS);
    assertThat(database.value("select count(*) from audit")).isEqualTo("0");
  }

  @Test
  void aRoleIsGivenToPeopleOfItsOrganisationAndBelow() {
    assertThat(users.roles(north)).extracting(Users.Role::name).contains("Мастер", "Сторож");
    assertThat(give("north", 2, NORTH, MASTER, NORTHS)).isEqualTo(Users.Outcome.DONE);
    assertThat(give("water", 1, WATER, NORTHS))
        .as("who has North's roles in order does not decide what people above may")
        .isEqualTo(Users.Outcome.ELSEWHERE);
  }

  private Users.Outcome give(String name, long account, OrganisationId at, Long... given) {
    return users
        .change(administrator, account, new Users.Profile(name, at, List.of(given)))
        .outcome();
  }

  private static Profile profile(String name, Permission... permissions) {
    return new Profile(name, Set.of(permissions));
  }

  private static Caller caller(OrganisationId organisation, Set<Permission> permissions) {
    return new Caller(99, "x", "", new Scope(organisation, false), permissions);
  }
}
