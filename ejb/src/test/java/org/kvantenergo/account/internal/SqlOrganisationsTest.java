package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.Organisations.Kind;
import org.kvantenergo.account.Organisations.Organisation;
import org.kvantenergo.account.Organisations.Outcome;
import org.kvantenergo.account.Organisations.Profile;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

class SqlOrganisationsTest {

  private static final OrganisationId OPERATOR = new OrganisationId(1);
  private static final OrganisationId WATER = new OrganisationId(2);
  private static final OrganisationId NORTH = new OrganisationId(3);
  private static final OrganisationId HOUSE = new OrganisationId(4);
  private static final OrganisationId HEAT = new OrganisationId(5);

  private final TestDatabase database = TestDatabase.create();
  private final SqlOrganisations organisations =
      new SqlOrganisations(
          database.dataSource(), new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));
  private final Caller everything = caller(new Scope(OPERATOR, true));
  private final Caller water = caller(new Scope(WATER, false));

  @BeforeEach
  void tree() throws Exception {
    database.execute(
        """
        insert into organisation (name, kind, runs_installation, parent_id) values
          ('Оператор', 'OPERATOR', true, null), ('Водоканал', 'SUPPLIER', false, null),
          ('Север', 'MANAGEMENT_COMPANY', false, 2), ('Дом 1', 'HOMEOWNERS', false, 3),
          ('Теплосеть', 'SUPPLIER', false, null);
        """);
  }

  @Test
  void theTreeIsWalkedFromOnesOwn() {
    assertThat(organisations.list(water.scope()))
        .containsExactly(
            new Organisation(WATER, "Водоканал", Kind.SUPPLIER, null, 0),
            new Organisation(NORTH, "Север", Kind.MANAGEMENT_COMPANY, WATER, 1),
            new Organisation(HOUSE, "Дом 1", Kind.HOMEOWNERS, NORTH, 2));
    assertThat(organisations.list(everything.scope()))
        .extracting(o -> o.depth() + " " + o.name())
        .containsExactly("0 Оператор", "1 Водоканал", "2 Север", "3 Дом 1", "1 Теплосеть");
  }

  @Test
  void whatIsMadeStandsWhereItWasPut() throws Exception {
    assertThat(organisations.add(water, new Profile("Юг", Kind.GARDENERS, WATER)))
        .isEqualTo(Outcome.DONE);
    assertThat(organisations.add(everything, new Profile("Газ", Kind.SUPPLIER, OPERATOR)))
        .isEqualTo(Outcome.DONE);
    assertThat(
            database.value(
                "select string_agg(concat_ws('|', name, kind, parent_id), ', ' order by id)"
                    + " from organisation where id > 5"))
        .isEqualTo("Юг|GARDENERS|2, Газ|SUPPLIER");
    assertThat(database.value("select concat_ws('|', action, object, after) from audit limit 1"))
        .isEqualTo("ORGANISATION_ADDED|organisation Юг|kind=GARDENERS\nname=Юг\nparent=2");
  }

  @Test
  void aMoveTakesAllBelowItAlong() throws Exception {
    assertThat(
            organisations.change(everything, NORTH, new Profile("Северный", Kind.SUPPLIER, HEAT)))
        .isEqualTo(Outcome.DONE);
    assertThat(organisations.list(water.scope())).hasSize(1);
    assertThat(organisations.list(new Scope(HEAT, false)))
        .extracting(Organisation::name)
        .containsExactly("Теплосеть", "Северный", "Дом 1");
    assertThat(database.value("select concat_ws('|', action, object, before, after) from audit"))
        .isEqualTo(
            "ORGANISATION_CHANGED|organisation 3|kind=MANAGEMENT_COMPANY\nname=Север\nparent=2"
                + "|kind=SUPPLIER\nname=Северный\nparent=5");
    assertThat(
            organisations.change(everything, NORTH, new Profile("Север", Kind.SUPPLIER, OPERATOR)))
        .isEqualTo(Outcome.DONE);
    assertThat(database.value("select parent_id from organisation where id = 3")).isNull();
  }

  @Test
  void whatIsRefusedChangesNothing() throws Exception {
    Profile below = new Profile("x", Kind.SUPPLIER, WATER);
    assertThat(organisations.change(water, WATER, below)).isEqualTo(Outcome.NOT_YOURS);
    assertThat(organisations.change(water, HEAT, below)).isEqualTo(Outcome.UNKNOWN);
    assertThat(organisations.change(water, OPERATOR, below)).isEqualTo(Outcome.UNKNOWN);
    assertThat(organisations.change(water, NORTH, new Profile("x", Kind.SUPPLIER, HEAT)))
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(organisations.add(water, new Profile("x", Kind.SUPPLIER, HEAT)))
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(organisations.add(water, new Profile("x", Kind.OPERATOR, WATER)))
        .isEqualTo(Outcome.MALFORMED);
    assertThat(organisations.add(water, new Profile(" ", Kind.SUPPLIER, WATER)))
        .isEqualTo(Outcome.MALFORMED);
    assertThat(organisations.add(water, new Profile("Север", Kind.SUPPLIER, WATER)))
        .isEqualTo(Outcome.NAME_TAKEN);
    assertThat(organisations.change(water, HOUSE, new Profile("Север", Kind.SUPPLIER, WATER)))
        .isEqualTo(Outcome.NAME_TAKEN);
    assertThat(organisations.change(water, NORTH, new Profile("x", Kind.SUPPLIER, HOUSE)))
        .isEqualTo(Outcome.CIRCLE);
    assertThat(organisations.change(water, NORTH, new Profile("x", Kind.SUPPLIER, NORTH)))
        .isEqualTo(Outcome.CIRCLE);
    assertThat(database.value("select count(*) from audit")).isEqualTo("0");
  }

  @Test
  void aNameElsewhereIsNobodysBusiness() {
    assertThat(organisations.add(water, new Profile("Теплосеть", Kind.SUPPLIER, NORTH)))
        .isEqualTo(Outcome.DONE);
  }

  private static Caller caller(Scope scope) {
    return new Caller(99, "x", "", scope, Set.of(Permission.MANAGE_ORGANISATIONS));
  }
}
