package org.kvantenergo.shared;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The one check of who sees a row, as SQL: every query that is made for a person has it, in one of
 * three forms. The column holds the row's organisation, for example {@code d.organisation_id}; a
 * row with null there is seen only by who sees everything.
 */
public final class InScope {

  private static final String BELOW =
      " in (select part.part_id from organisation_part part where part.organisation_id = ";

  private InScope() {}

  /**
   * For lists: a condition without places to fill. The id is written into it: it is a number, and
   * the planner then knows how much of the tables lies below this organisation.
   */
  public static String of(Scope scope, String column) {
    return scope.everything() ? "true" : column + BELOW + scope.organisation().value() + ")";
  }

  /**
   * For passes over whole tables, without places: the same as {@link #of}, but most rows are seen
   * to be in the scope by the first comparison.
   */
  public static String ofMany(Scope scope, String column) {
    return scope.everything()
        ? "true"
        : "(%1$s = %2$d or %1$s%3$s%2$d))".formatted(column, scope.organisation().value(), BELOW);
  }

  /** For single rows found by their key: a condition with two places, filled by {@link #bind}. */
  public static String places(String column) {
    return "(? or " + column + BELOW + "?))";
  }

  /** Fills the two places; returns the next one. */
  public static int bind(PreparedStatement statement, int place, Scope scope) throws SQLException {
    statement.setBoolean(place, scope.everything());
    statement.setLong(place + 1, scope.organisation().value());
    return place + 2;
  }
}
