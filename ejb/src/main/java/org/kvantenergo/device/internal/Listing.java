package org.kvantenergo.device.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Scope;

/**
 * A filter within what the scope sees, as one or two relations with the columns id, k0, k1 and so
 * on: those that reported, by the rows of their states alone, and those that never did, by the
 * registry. Each is asked by itself and the answers are put together: a pass over a union is slower
 * by half.
 *
 * @param branches the relations
 * @param order whose keys the columns k0, k1 and so on are
 */
record Listing(List<Branch> branches, DeviceOrder order) {

  /**
   * A relation.
   *
   * @param sql with places for the values; {@code %1$s} stands where a sample is asked for
   * @param values in their order
   */
  record Branch(String sql, List<Object> values) {}

  /**
   * A statement about all branches.
   *
   * @param sql with places for the values
   * @param values in their order
   */
  record Query(String sql, List<Object> values) {}

  private static final String REPORTED =
      "(select s.device_id as id, %s%s from device_state s%%1$s%s where %s) l";

  // "on false": the columns of a state that there is not.
  private static final String UNREPORTED =
      "(select d.id, %s%s from device d%%1$s left join device_state s on false%s"
          + " where not d.reported and %s) l";

  static Listing of(Scope scope, DeviceFilter filter, DeviceOrder order) {
    return of(scope, filter, order, "");
  }

  /**
   * With further columns.
   *
   * @param more columns over {@code s}, each with a comma behind it
   */
  static Listing of(Scope scope, DeviceFilter filter, DeviceOrder order, String more) {
    List<Branch> branches = new ArrayList<>();
    branches.add(branch(REPORTED, "s", scope, filter, order, more));
    if (filter.conditions().stream().allMatch(Conditions::withoutState)) {
      branches.add(branch(UNREPORTED, "d", scope, filter, order, more));
    }
    return new Listing(branches, order);
  }

  /** Those of some devices that the scope sees, whatever they are. */
  static Listing of(Scope scope, Collection<DeviceId> ids, DeviceOrder order) {
    List<Object> wanted = List.of(ids.stream().mapToLong(DeviceId::value).toArray());
    String reported = "s.device_id = any(?) and " + InScope.of(scope, "s.organisation_id");
    String unreported = "d.id = any(?) and " + InScope.of(scope, "d.organisation_id");
    return new Listing(
        List.of(
            new Branch(sql(REPORTED, "s", order, "", reported), wanted),
            new Branch(sql(UNREPORTED, "d", order, "", unreported), wanted)),
        order);
  }

  /**
   * The same question to each branch, the answers one below the other.
   *
   * @param question what stands before "from"
   * @param places values of the places in it
   * @param behind what stands behind the relation {@code l}
   * @param after values of the places in that
   */
  Query each(String question, List<Object> places, String behind, List<Object> after) {
    return each(question, places, "", behind, after);
  }

  /** The same of the rows of some pages of the tables. */
  Query sample(String question, int percent) {
    String sample = " tablesample system (" + percent + ")";
    return each(question, List.of(), sample, "", List.of());
  }

  private Query each(
      String question, List<Object> places, String sample, String behind, List<Object> after) {
    List<String> parts = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Branch branch : branches) {
      parts.add(question + " from " + branch.sql.formatted(sample) + behind);
      values.addAll(places);
      values.addAll(branch.values);
      values.addAll(after);
    }
    return new Query(String.join("\nunion all ", parts), values);
  }

  private static Branch branch(
      String sql, String base, Scope scope, DeviceFilter filter, DeviceOrder order, String more) {
    List<Object> values = new ArrayList<>();
    String conditions = conditions(base, scope, filter, values);
    return new Branch(sql(sql, base, order, more, conditions), values);
  }

  private static String sql(
      String sql, String base, DeviceOrder order, String more, String conditions) {
    return sql.formatted(more, Orders.keys(order, base), Orders.joins(order, base), conditions);
  }

  private static String conditions(
      String base, Scope scope, DeviceFilter filter, List<Object> values) {
    List<String> parts = new ArrayList<>();
    parts.add(part(base, filter.part()));
    parts.add(InScope.ofMany(scope, base + ".organisation_id"));
    if (!filter.groups().isEmpty()) {
      parts.add(base + ".group_id = any(?)");
      values.add(filter.groups().stream().mapToLong(GroupId::value).toArray());
    }
    Conditions conditions = new Conditions(base, values);
    for (Condition condition : filter.conditions()) {
      parts.add("(" + conditions.of(condition) + ")");
    }
    return String.join(" and ", parts);
  }

  private static String part(String base, DeviceFilter.Part part) {
    boolean registered = part == DeviceFilter.Part.REGISTERED;
    if (base.equals("s")) {
      return registered ? "s.part = 1" : "s.part = 2";
    }
    return registered ? "d.state in ('REGISTERED', 'BLOCKED')" : "d.state = 'UNREGISTERED'";
  }
}
