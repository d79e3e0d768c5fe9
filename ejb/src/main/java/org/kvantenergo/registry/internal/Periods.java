package org.kvantenergo.registry.internal;

import java.time.LocalDate;
import java.util.Arrays;
import org.kvantenergo.shared.Sql;

/** What holds when, in a table whose column <code>valid</code> is a range of moments or of days. */
final class Periods {

  private static final String DOING = "ending a period of the registry";

  private final Sql sql;
  private final String table;
  private final String key;

  /**
   * Of a table.
   *
   * @param key the condition that finds the rows of one thing, with its parameters
   */
  Periods(Sql sql, String table, String key) {
    this.sql = sql;
    this.table = table;
    this.key = key;
  }

  /**
   * Ends what holds at a moment or on a day. What began right then never held. Whether there was
   * anything to end.
   *
   * @param at an Instant or a LocalDate, as the table has it
   */
  boolean end(Object at, Object... of) {
    String range = at instanceof LocalDate ? "daterange" : "tstzrange";
    String type = at instanceof LocalDate ? "date" : "timestamptz";
    int never =
        sql.update(
            DOING,
            "delete from %s where %s and lower(valid) = ?".formatted(table, key),
            with(of, at));
    int ended =
        sql.update(
            DOING,
            "update %s set valid = %s(lower(valid), ?) where %s and valid @> ?::%s"
                .formatted(table, range, key, type),
            with(new Object[] {at}, with(of, at)));
    return never + ended > 0;
  }

  private static Object[] with(Object[] some, Object... more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
