package org.kvantenergo.benchmark.insert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.kvantenergo.benchmark.Database;

class BareSchemaTest {

  private static final String MIGRATIONS = "filesystem:../../ejb/src/main/resources/db/migration";

  private static final String COLUMNS =
      """
      select table_name, column_name, data_type, is_nullable, column_default
      from information_schema.columns
      where table_schema = '%s' and table_name in ('reading', 'device_state')
      order by table_name, ordinal_position
      """;

  private static final String INDEXES =
      """
      select replace(replace(indexdef, 'bare.', ''), 'public.', '')
      from pg_indexes
      where schemaname = '%s' and tablename in ('reading', 'device_state')
      order by indexname
      """;

  private static final String STORAGE =
      """
      select relname, relkind, relpersistence, reloptions,
        pg_get_partkeydef(oid),
        (select count(*) from pg_trigger where tgrelid = c.oid and tgname <> 'device_state_begins')
      from pg_class c
      where relnamespace = '%s'::regnamespace and relname in ('reading', 'device_state')
      order by relname
      """;

  private static final String REFERENCES =
      """
      select conrelid::regclass::text like '%%device_state', contype, conkey,
        replace(pg_get_constraintdef(oid), 'bare.', '')
      from pg_constraint
      where connamespace = '%s'::regnamespace and contype <> 'n'
        and conrelid in ('%1$s.reading'::regclass, '%1$s.device_state'::regclass)
      order by 1, 2, 3
      """;

  private static final String PARTITIONS =
      """
      select relname, pg_get_expr(relpartbound, oid)
      from pg_class
      where relnamespace = 'bare'::regnamespace and relispartition and relkind = 'r'
      order by relname
      """;

  private static Clock clock(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  @Test
  void theTablesAreThoseOfTheServer() throws SQLException {
    Database database = Database.create();
    Flyway.configure().dataSource(database.source()).locations(MIGRATIONS).load().migrate();
    try (BareSchema schema = BareSchema.make(database::open, Clock.systemUTC(), 3)) {
      assertThat(schema).isNotNull();
      for (String query : List.of(COLUMNS, INDEXES, STORAGE, REFERENCES)) {
        assertThat(database.rows(query.formatted("bare")))
            .isNotEmpty()
            .isEqualTo(database.rows(query.formatted("public")));
      }
      assertThat(database.rows("select id from bare.device order by id"))
          .containsExactly("1", "2", "3");
    }
  }

  @Test
  void yearsThenMonthsThenTheRest() throws SQLException {
    Database database = Database.create();
    try (BareSchema schema = BareSchema.make(database::open, clock("2017-01-05T10:00:00Z"), 1)) {
      assertThat(schema).isNotNull();
      assertThat(database.rows(PARTITIONS))
          .hasSize(1 + 12 + 4 + 2)
          .contains(
              "reading_before_2015 FOR VALUES FROM (MINVALUE) TO ('2015-01-01 00:00:00+00')",
              "reading_2015 FOR VALUES FROM ('2015-01-01 00:00:00+00') TO ('2016-01-01"
                  + " 00:00:00+00')",
              "reading_2016_01 FOR VALUES FROM ('2016-01-01 00:00:00+00') TO ('2016-02-01"
                  + " 00:00:00+00')",
              "reading_2017_04 FOR VALUES FROM ('2017-04-01 00:00:00+00') TO ('2017-05-01"
                  + " 00:00:00+00')",
              "reading_after FOR VALUES FROM ('2017-05-01 00:00:00+00') TO (MAXVALUE)");
    }
  }

  @Test
  void whatAKilledRunLeftIsReplacedAndNothingStaysBehind() throws SQLException {
    Database database = Database.create();
    Clock clock = clock("2026-11-21T10:00:00Z");
    BareSchema killed = BareSchema.make(database::open, clock, 5);
    assertThat(killed).isNotNull();
    try (BareSchema schema = BareSchema.make(database::open, clock, 2)) {
      assertThat(schema).isNotNull();
      assertThat(database.rows("select count(*) from bare.device")).containsExactly("2");
    }
    assertThat(database.rows("select 1 from pg_namespace where nspname = 'bare'")).isEmpty();
  }
}
