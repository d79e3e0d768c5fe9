package org.kvantenergo.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;

class InScopeTest {

  private static final int ORGANISATIONS = 40;
  private static final int MOVES = 200;

  private static final String WALKED =
      """
      with recursive below as (
        select id from organisation where id = %1$d
        union all select o.id from organisation o join below b on o.parent_id = b.id)
      select string_agg(id::text, ',' order by id) from below
      """;

  private final TestDatabase database = TestDatabase.create();

  @Test
  void bothFormsSeeWhatStandsBelowHoweverTheTreeWasMoved() throws Exception {
    Random random = new Random(20261121);
    for (int i = 1; i <= ORGANISATIONS; i++) {
      String parent = i == 1 || i % 9 == 0 ? "null" : String.valueOf(1 + random.nextInt(i - 1));
      database.execute(
          "insert into organisation (name, parent_id) values ('o%d', %s)".formatted(i, parent));
    }
    int circles = 0;
    for (int i = 0; i < MOVES; i++) {
      int moved = 1 + random.nextInt(ORGANISATIONS);
      int parent = 1 + random.nextInt(ORGANISATIONS);
      circles += move(moved, parent) ? 0 : 1;
    }
    assertThat(circles).isBetween(1, MOVES - 1);
    for (int i = 1; i <= ORGANISATIONS; i++) {
      String walked = database.value(WALKED.formatted(i));
      Scope scope = new Scope(new OrganisationId(i), false);
      assertThat(database.value(seen(InScope.of(scope, "o.id")))).isEqualTo(walked);
      assertThat(bound(scope)).isEqualTo(walked);
    }
  }

  @Test
  void whoSeesEverythingSeesWhatNobodyOwns() throws Exception {
    database.execute("insert into organisation (name) values ('a'), ('b')");
    Scope everything = new Scope(new OrganisationId(1), true);
    assertThat(database.value("select " + InScope.of(everything, "null::bigint"))).isEqualTo("t");
    assertThat(bound(everything)).isEqualTo("1,2");
    Scope one = new Scope(new OrganisationId(1), false);
    assertThat(database.value("select " + InScope.of(one, "null::bigint"))).isNull();
  }

  @Test
  void nobodyStandsBelowItself() throws Exception {
    database.execute(
        "insert into organisation (name, parent_id) values ('a', null), ('b', 1), ('c', 2)");
    for (int parent = 1; parent <= 3; parent++) {
      String circle = "update organisation set parent_id = %d where id = 1".formatted(parent);
      assertThatThrownBy(() -> database.execute(circle))
          .hasMessageContaining("organisation 1 cannot stand below itself");
    }
  }

  private boolean move(int moved, int parent) throws SQLException {
    boolean circle =
        ("," + database.value(WALKED.formatted(moved)) + ",").contains("," + parent + ",");
    String sql = "update organisation set parent_id = %d where id = %d".formatted(parent, moved);
    if (circle) {
      assertThatThrownBy(() -> database.execute(sql)).isInstanceOf(SQLException.class);
    } else {
      database.execute(sql);
    }
    return !circle;
  }

  private static String seen(String condition) {
    return "select string_agg(o.id::text, ',' order by o.id) from organisation o where "
        + condition;
  }

  private String bound(Scope scope) throws SQLException {
    try (Connection connection = database.plain().getConnection();
        PreparedStatement query = connection.prepareStatement(seen(InScope.places("o.id")))) {
      assertThat(InScope.bind(query, 1, scope)).isEqualTo(3);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
