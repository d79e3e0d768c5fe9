package org.kvantenergo.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;

class SchemaTest {

  private final TestDatabase database = TestDatabase.create();
  private final Schema schema = new Schema(database.plain());

  @BeforeEach
  void beginWithNothing() throws Exception {
    database.execute("drop schema public cascade");
    database.execute("create schema public");
  }

  @Test
  void everyFileIsListed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .sorted(Comparator.comparingInt(Schema::version))
              .toList();
      assertThat(Schema.MIGRATIONS).isEqualTo(names);
    }
  }

  @Test
  void anEmptyDatabaseGetsTheSchemaAndKeepsIt() throws Exception {
    schema.migrate();
    schema.migrate();
    assertThat(
            database.value(
                "select string_agg(version || ' ' || success, ',' order by installed_rank)"
                    + " from flyway_schema_history"))
        .isEqualTo(
            Schema.MIGRATIONS.stream()
                .map(file -> Schema.version(file) + " true")
                .collect(java.util.stream.Collectors.joining(",")));
    assertThat(database.value("select count(*) from reading")).isEqualTo("0");
  }

  @Test
  void aRehearsalThatWasKilledDoesNotStandInTheWayOfAMigration() throws Exception {
    database.execute("create schema kvant_rehearsal_1");
    database.execute("create table kvant_rehearsal_1.device (id bigint)");
    database.execute("create schema kvantxrehearsal_1");
    schema.migrate();
    assertThat(
            database.value(
                "select string_agg(nspname, ' ') from pg_namespace where nspname ~ 'reh'"))
        .isEqualTo("kvantxrehearsal_1");
  }

  @Test
  void aSchemaOfANewerProgramIsLeftAlone() throws Exception {
    schema.migrate();
    database.execute(
        """
        insert into flyway_schema_history
        select 99, '99', 'tomorrow', type, 'V99__tomorrow.sql', 1, installed_by, now(), 1, true
        from flyway_schema_history where version = '9'
        """);
    assertThatThrownBy(schema::migrate)
        .hasMessage(
            "KVANT-2004 The schema has version 99, this program knows %d: deploy a newer program"
                .formatted(Schema.version(Schema.MIGRATIONS.get(Schema.MIGRATIONS.size() - 1))));
  }

  @Test
  void aMigrationThatWasChangedAfterwardsStopsTheStart() throws Exception {
    schema.migrate();
    database.execute("update flyway_schema_history set checksum = 1 where version = '3'");
    assertThatThrownBy(schema::migrate)
        .hasMessageStartingWith("KVANT-2005 The schema could not be brought to this version: ");
  }
}
