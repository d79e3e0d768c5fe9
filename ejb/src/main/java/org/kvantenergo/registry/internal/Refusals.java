package org.kvantenergo.registry.internal;

import java.util.List;
import java.util.function.Supplier;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Sql;

/** What is refused because the caller does not see it, and what the constraints refuse. */
final class Refusals {

  private static final String DOING = "looking up whose it is";
  private static final String OVERLAP = "23P01";
  private static final String EXISTS = "23505";
  private static final String NO_PARENT = "23503";
  private static final String CHECK = "23514";
  private static final String VALUE = "22";

  private final Sql sql;

  Refusals(Sql sql) {
    this.sql = sql;
  }

  void mustSee(Caller caller, OrganisationId owner) {
    mustSee("select o.name from organisation o where o.id = ? and ", "o.id", caller, owner.value());
  }

  /** Its address. */
  String mustSee(Caller caller, SiteId site) {
    return mustSee(
        "select s.address from site s where s.id = ? and ",
        "s.organisation_id",
        caller,
        site.value());
  }

  /**
   * Who may see a meter sees the address and the consumers of where it stands: so both are of one
   * organisation.
   */
  void mustOwn(OrganisationId owner, SiteId site) {
    String of = "select 1 from site where id = ? and organisation_id = ?";
    if (sql.list(DOING, row -> true, of, site.value(), owner.value()).isEmpty()) {
      throw new RefusedException(Reason.OTHER_OWNER);
    }
  }

  /** What the statement's first column says of the row; it ends where the condition follows. */
  String mustSee(String select, String owner, Caller caller, long id) {
    List<String> found =
        sql.list(DOING, row -> row.getString(1), select + InScope.of(caller.scope(), owner), id);
    if (found.isEmpty()) {
      throw new RefusedException(Reason.UNKNOWN);
    }
    return found.get(0);
  }

  static <T> T refusing(Supplier<T> change) {
    return refusing(Reason.UNKNOWN, change);
  }

  static void refusing(Runnable change) {
    refusing(
        () -> {
          change.run();
          return null;
        });
  }

  /**
   * Does it, and tells what constraints refuse as such.
   *
   * @param pointing why something else points at it or it at something that is not there
   */
  static <T> T refusing(Reason pointing, Supplier<T> change) {
    try {
      return change.get();
    } catch (DatabaseException e) {
      throw switch (e.sqlState()) {
        case OVERLAP -> new RefusedException(Reason.OVERLAP);
        case EXISTS -> new RefusedException(Reason.EXISTS);
        case NO_PARENT -> new RefusedException(pointing);
        case CHECK -> new RefusedException(Reason.VALUE);
        default -> e.sqlState().startsWith(VALUE) ? new RefusedException(Reason.VALUE) : e;
      };
    }
  }
}
