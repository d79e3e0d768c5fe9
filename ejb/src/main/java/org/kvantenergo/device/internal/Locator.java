package org.kvantenergo.device.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.device.Identity;
import org.kvantenergo.device.Located;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;

/** Looks for many numbers at once: by an index each, wherever in the fleet they are. */
final class Locator {

  private static final int MOST_DIGITS = 18;

  // Two branches: each has an index of its own.
  private static final String BY_NUMBER =
      """
      select n.place, d.id, true as registered
      from unnest(?::bigint[]) with ordinality as n(number, place)
      join device d on d.state in ('REGISTERED', 'BLOCKED') and d.%1$s = n.number %2$s
      where %3$s
      union all
      select n.place, d.id, false
      from unnest(?::bigint[]) with ordinality as n(number, place)
      join device d on d.state = 'UNREGISTERED' and d.%1$s = n.number %2$s
      where %3$s
      order by 1, 3 desc, 2
      """;

  private static final String BY_SIM =
      """
      select n.place, d.id, d.state <> 'UNREGISTERED' as registered
      from unnest(?::text[]) with ordinality as n(number, place)
      join device_state s on s.iccid = n.number and s.iccid <> ''
      join device d on d.id = s.device_id and d.state <> 'RETIRED'
      where %s
      order by 1, 3 desc, 2
      """;

  private final DeviceQuery query;

  Locator(DeviceQuery query) {
    this.query = query;
  }

  private record Hit(int place, DeviceId device, boolean registered) {}

  Located locate(Scope scope, Identity identity, List<String> values) {
    if (values.size() > Located.MOST) {
      throw new IllegalArgumentException(values.size() + " numbers");
    }
    Map<Object, String> asked = new LinkedHashMap<>();
    Set<String> missing = new HashSet<>();
    for (String value : values) {
      Object number = number(identity, value.strip());
      if (number == null) {
        missing.add(value);
      } else {
        asked.putIfAbsent(number, value);
      }
    }
    List<Object> numbers = List.copyOf(asked.keySet());
    boolean[] seen = new boolean[numbers.size()];
    List<Located.Found> found = new ArrayList<>();
    for (Hit hit : hits(scope, identity, numbers)) {
      seen[hit.place] = true;
      String value = asked.get(numbers.get(hit.place));
      found.add(new Located.Found(hit.device, value, hit.registered));
    }
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        missing.add(asked.get(numbers.get(i)));
      }
    }
    return new Located(
        found,
        values.stream().filter(v -> !v.isBlank() && missing.contains(v)).distinct().toList());
  }

  private List<Hit> hits(Scope scope, Identity identity, List<Object> numbers) {
    String seen = VisibleDevice.seen(scope);
    if (identity == Identity.ICCID) {
      Object sims = numbers.toArray(new String[0]);
      return hits(BY_SIM.formatted(seen), List.of(sims));
    }
    long[] wanted = numbers.stream().mapToLong(number -> (Long) number).toArray();
    String sql =
        identity == Identity.SERIAL
            ? BY_NUMBER.formatted("serial", "", seen)
            : BY_NUMBER.formatted("imei", "and d.imei <> 0", seen);
    return hits(sql, List.<Object>of(wanted, wanted));
  }

  private List<Hit> hits(String sql, List<Object> values) {
    return query.list(
        "looking for numbers",
        row -> new Hit(row.getInt(1) - 1, new DeviceId(row.getLong(2)), row.getBoolean(3)),
        sql,
        values);
  }

  /** A long, or the digits of a SIM; null if it can be nobody's. */
  private static Object number(Identity identity, String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || identity == Identity.ICCID) {
      return digits ? text : null;
    }
    String number = text.replaceFirst("^0+(?=.)", "");
    return number.length() > MOST_DIGITS ? null : (Object) Long.valueOf(number);
  }
}
