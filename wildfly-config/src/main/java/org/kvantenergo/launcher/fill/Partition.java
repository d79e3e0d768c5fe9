package org.kvantenergo.launcher.fill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A partition of the archive, and the twin that is filled in its place: a table of its own until
 * the two are exchanged, so that the archive is in use meanwhile, and untouched if nothing comes of
 * it.
 *
 * @param name of the partition
 * @param from its earliest moment
 * @param to the moment after its last one
 * @param options its storage options, as they stand after WITH; empty if there are none
 * @param indexes all that it has, those of its keys among them
 */
record Partition(String name, Instant from, Instant to, String options, List<Index> indexes) {

  /**
   * An index.
   *
   * @param name its own and, if there is one, its constraint's
   * @param constraint what ALTER TABLE ADD CONSTRAINT takes; null if it is only an index
   * @param definition what follows the table's name in CREATE INDEX
   * @param unique whether it is
   */
  record Index(String name, String constraint, String definition, boolean unique) {}

  // Those without a beginning or an end are for wrong clocks.
  private static final String FIND =
      """
      with found as (
        select c.oid, c.relname, array_to_string(c.reloptions, ', ') as options,
          regexp_match(pg_get_expr(c.relpartbound, c.oid),
            'FROM \\(''([^'']+)''\\) TO \\(''([^'']+)''\\)') as bounds
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'reading'::regclass)
      select oid, relname, coalesce(options, '') as options, bounds[1]::timestamptz as lower,
        bounds[2]::timestamptz as upper
      from found where bounds is not null and bounds[1]::timestamptz < '%s'
        and bounds[2]::timestamptz > '%s'
      order by lower
      """;

  private static final String INDEXES =
      """
      select c.relname, pg_get_constraintdef(k.oid) as key, i.indisunique,
        regexp_replace(pg_get_indexdef(i.indexrelid), '^.*? USING ', 'using ') as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid
      left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid
      where i.indrelid = %d order by c.relname
      """;

  /** Those that hold a moment from one to before the other, in order. */
  static List<Partition> between(Statement statement, Instant from, Instant to)
      throws SQLException {
    record Found(long oid, Partition partition) {}
    List<Found> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(FIND.formatted(to, from))) {
      while (row.next()) {
        found.add(
            new Found(
                row.getLong("oid"),
                new Partition(
                    row.getString("relname"),
                    row.getObject("lower", OffsetDateTime.class).toInstant(),
                    row.getObject("upper", OffsetDateTime.class).toInstant(),
                    row.getString("options"),
                    List.of())));
      }
    }
    List<Partition> partitions = new ArrayList<>();
    for (Found one : found) {
      partitions.add(one.partition().with(indexes(statement, one.oid())));
    }
    return partitions;
  }

  private static List<Index> indexes(Statement statement, long table) throws SQLException {
    List<Index> indexes = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(INDEXES.formatted(table))) {
      while (row.next()) {
        indexes.add(
            new Index(
                row.getString("relname"),
                row.getString("key"),
                row.getString("definition"),
                row.getBoolean("indisunique")));
      }
    }
    return indexes;
  }

  private Partition with(List<Index> all) {
    return new Partition(name, from, to, options, all);
  }

  /** The twin's name. */
  String twin() {
    return "fill_" + name;
  }

  /** Makes the twin, without indexes. */
  void makeTwin(Statement statement) throws SQLException {
    statement.execute(
        "create table %s (like reading including all excluding indexes)%s"
            .formatted(twin(), options.isEmpty() ? "" : " with (" + options + ")"));
    // With it the twin need not be read through when it comes into the archive.
    statement.execute(
        "alter table %s add constraint fill_range check (module_time >= '%s' and module_time < '%s')"
            .formatted(twin(), from, to));
  }

  /** Gives the twin all that the partition has beside its rows. */
  void index(Statement statement) throws SQLException {
    for (Index index : indexes) {
      statement.execute(
          index.constraint() == null
              ? "create %s index fill_%s on %s %s"
                  .formatted(
                      index.unique() ? "unique" : "", index.name(), twin(), index.definition())
              : "alter table %s add constraint fill_%s %s"
                  .formatted(twin(), index.name(), index.constraint()));
    }
    statement.execute("analyze " + twin());
  }

  /** Puts the twin in the partition's place, with what rows the partition had. */
  void exchange(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter table reading detach partition " + name);
      statement.execute(
          "insert into %s select * from %s on conflict do nothing".formatted(twin(), name));
      statement.execute("drop table " + name);
      statement.execute("alter table %s rename to %s".formatted(twin(), name));
      for (Index index : indexes) {
        statement.execute("alter index fill_%1$s rename to %1$s".formatted(index.name()));
      }
      statement.execute(
          "alter table reading attach partition %s for values from ('%s') to ('%s')"
              .formatted(name, from, to));
      statement.execute("alter table %s drop constraint fill_range".formatted(name));
    }
  }
}
