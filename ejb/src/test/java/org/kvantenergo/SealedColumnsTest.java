package org.kvantenergo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A change of the master key reaches what the table sealed_column names: it names all there is. */
class SealedColumnsTest {

  private final TestDatabase database = TestDatabase.create();

  @Test
  void everyColumnThatIsSealedIsListed() throws Exception {
    assertThat(
            database.value(
                """
                select string_agg(table_name || '.' || column_name, ' ' order by table_name)
                from information_schema.columns c
                where table_schema = 'public' and data_type = 'bytea'
                  and (column_name ~ 'seal' or column_name ~ 'secret')
                  and not exists (select from sealed_column s
                    where s.table_name = c.table_name and s.column_name = c.column_name)
                """))
        .isNull();
  }

  /** Else a server that goes on under an old key seals what nobody can open. */
  @Test
  void noColumnTakesWhatIsSealedUnderAnotherKey() throws Exception {
    database.execute("insert into master_key (name) values ('\\x01020304')");
    assertThat(
            database.value(
                """
                select string_agg(table_name || '.' || column_name, ' ')
                from sealed_column s
                where to_regclass(quote_ident(table_name)) is not null
                  and not exists (select from pg_trigger t
                    join pg_proc p on p.oid = t.tgfoid and p.proname = 'refuse_other_key'
                    join pg_attribute a on a.attrelid = t.tgrelid and a.attname = s.column_name
                    where t.tgrelid = to_regclass(quote_ident(s.table_name))
                      and a.attnum = any(t.tgattr) and t.tgenabled = 'O')
                """))
        .isNull();
    String factor =
        "insert into second_factor (account_id, secret, offered_at) select id, '\\x01%s00', now()"
            + " from account";
    database.execute(
        "insert into organisation (name) values ('a');"
            + "insert into account (organisation_id, login, name, password_hash)"
            + " values (1, 'a', 'a', '')");
    assertThatThrownBy(() -> database.execute(factor.formatted("01020305")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("KV001"));
    database.execute(factor.formatted("01020304"));
    assertThatThrownBy(() -> database.execute("update second_factor set secret = '\\x0109'"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void everyColumnThatIsListedIsThereIfItsTableIs() throws Exception {
    assertThat(
            database.value(
                """
                select string_agg(table_name || '.' || column_name, ' ')
                from sealed_column s
                where to_regclass(quote_ident(table_name)) is not null
                  and not exists (select from information_schema.columns c
                  where c.table_schema = 'public' and c.data_type = 'bytea'
                    and s.table_name = c.table_name and s.column_name = c.column_name)
                """))
        .isNull();
  }
}
