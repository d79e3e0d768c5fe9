package org.kvantenergo.launcher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.fill.DemoDatabase;

/** What somebody with the database's own rights could do to the audit, and what is said then. */
class AuditChainTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:10:00Z");
  private static final String PAST_THE_GUARD = "set session_replication_role = replica; ";

  @TempDir private static Path folder;
  private static DemoDatabase databases;
  private DatabaseAddress database;

  @BeforeAll
  static void start() {
    databases = new DemoDatabase(folder);
  }

  @AfterAll
  static void stop() {
    databases.close();
  }

  @BeforeEach
  void write() throws SQLException {
    database = databases.superuser(NOW);
    add(5);
  }

  @Test
  void wholeAsLongAsRowsAreOnlyAdded() throws SQLException {
    AuditChain.Verdict first = AuditChain.verify(database, null);
    assertThat(first.fault()).isNull();
    assertThat(first.last().id()).isEqualTo(5);
    add(1500);
    AuditChain.Verdict second = AuditChain.verify(database, first.last());
    assertThat(second.fault()).isNull();
    assertThat(second.last().id()).isEqualTo(1505);
  }

  @Test
  void everyFieldCounts() throws SQLException {
    for (String change :
        new String[] {
          "at = at + interval '1 microsecond'",
          "login = ''",
          "address = '10.0.0.9'",
          "action = 'SIGNED_OUT'",
          "object = 'account x'",
          "before = 'a'",
          "after = 'b'",
          "login = address, address = login",
          "object = 'name', before = '=1'"
        }) {
      database = databases.superuser(NOW);
      add(3);
      execute("update audit set " + change + " where id = 2");
      assertThat(AuditChain.verify(database, null).fault())
          .as(change)
          .isEqualTo("row 2 is not as it was written");
    }
  }

  @Test
  void aCutShowsWhereverItIs() throws SQLException {
    AuditChain.Link known = AuditChain.verify(database, null).last();
    execute("delete from audit where id = 3");
    assertThat(AuditChain.verify(database, null).fault()).isEqualTo("rows 3 to 3 are missing");
    execute("delete from audit where id > 2");
    assertThat(AuditChain.verify(database, null).fault()).isEqualTo("rows after 2 are missing");
    // Even if its end was cut with care, what was noted before knows better.
    execute("update audit_head set (id, hash) = (select id, hash from audit where id = 2)");
    assertThat(AuditChain.verify(database, null).fault()).isNull();
    assertThat(AuditChain.verify(database, known).fault()).isEqualTo("rows 3 to 5 are missing");
  }

  @Test
  void writtenAnewItIsNotWhatWasNoted() throws SQLException {
    AuditChain.Link known = AuditChain.verify(database, null).last();
    execute("delete from audit");
    execute("update audit_head set id = 0, hash = sha256('kvant-audit'::bytea)");
    add(6);
    assertThat(AuditChain.verify(database, null).fault()).isNull();
    assertThat(AuditChain.verify(database, known).fault())
        .isEqualTo("row 5 is not the one that was noted");
  }

  private void add(int rows) throws SQLException {
    DemoDatabase.execute(
        database,
        """
        insert into audit (at, login, address, action, object, before, after)
        select clock_timestamp(), 'админ', '10.0.0.1', 'SIGNED_IN', '', 'name=1', 'name=' || g
        from generate_series(1, %d) g
        """
            .formatted(rows));
  }

  private void execute(String sql) throws SQLException {
    DemoDatabase.execute(database, PAST_THE_GUARD + sql);
  }
}
