package org.kvantenergo.ingest.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.ingest.RehearsalTables;
import org.kvantenergo.shared.DatabaseException;

/**
 * A schema of unlogged tables, alone on the search path of the transactions that enter it: a table
 * that it lacks is an error and never the real one. PostgreSQL plans a prepared statement anew when
 * the search path is another one, which it does not when a temporary table comes to stand before a
 * real one.
 */
@ApplicationScoped
public class SqlRehearsalTables implements RehearsalTables {

  /**
   * The locks of {@code like} are the least there are, and are not waited for. A node that was
   * killed in its rehearsal and never comes back under its name leaves a schema behind; each knows
   * by its comment when it was made.
   */
  private static final String MAKE =
      """
      set local lock_timeout = '2s';
      do $$
      declare
        here name := current_schema();
        t record;
      begin
        for t in
          select nspname from pg_namespace
          where nspname like 'kvant\\_rehearsal\\_%%'
            and coalesce(obj_description(oid, 'pg_namespace')::timestamptz, '-infinity')
              < now() - interval '1 day'
        loop
          execute format('drop schema %%I cascade', t.nspname);
        end loop;
        drop schema if exists %1$s cascade;
        create schema %1$s;
        execute format('comment on schema %1$s is %%L', now());
        for t in
          select c.relname, c.relkind from pg_class c
          where c.relnamespace = here::regnamespace and not c.relispartition
            and c.relname <> 'flyway_schema_history'
            and (c.relkind in ('r', 'p') or c.relkind = 'S' and not exists (
              select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                and d.deptype = 'i'))
        loop
          if t.relkind = 'S' then
            execute format('create unlogged sequence %1$s.%%I', t.relname);
          else
            execute format('create unlogged table %1$s.%%I (like %%I.%%I including all)'
              ' with (autovacuum_enabled = false)', t.relname, here, t.relname);
          end if;
        end loop;
      end $$
      """;

  private static final String DROP =
      "set local lock_timeout = '2s'; drop schema if exists %s cascade";

  private final DataSource dataSource;
  private final String schema;

  @Inject
  public SqlRehearsalTables(
      DataSource dataSource,
      @ConfigProperty(name = "jboss.node.name", defaultValue = "node") String node) {
    this.dataSource = dataSource;
    // Nodes share the database and rehearse each in its own.
    this.schema = "kvant_rehearsal_" + Integer.toHexString(node.hashCode());
  }

  /** For the proxies of CDI. */
  protected SqlRehearsalTables() {
    this(null, "");
  }

  @Override
  public void make() {
    execute(MAKE.formatted(schema));
  }

  @Override
  public void enter() {
    execute("set local search_path to " + schema);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement ask = connection.prepareStatement("select current_schemas(false)::text");
        ResultSet answer = ask.executeQuery()) {
      answer.next();
      // Asked by a statement of its own: without a transaction the setting is gone already.
      String found = answer.getString(1);
      if (!found.equals("{" + schema + "}")) {
        throw new IllegalStateException("not the tables of a rehearsal: " + found);
      }
    } catch (SQLException e) {
      throw new DatabaseException("entering a rehearsal", e);
    }
  }

  @Override
  public void drop() {
    execute(DROP.formatted(schema));
  }

  private void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DatabaseException("preparing a rehearsal", e);
    }
  }
}
