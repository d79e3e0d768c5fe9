package org.kvantenergo.web.audit;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kvantenergo.audit.AuditRow;
import org.kvantenergo.web.format.Moment;

/** From a row of the audit to a row of the page. */
final class Lines {

  private static final Set<String> BAD =
      Set.of("SIGN_IN_FAILED", "SIGN_IN_LOCKED", "REFUSED", "SECOND_PASSWORD_FAILED");

  private Lines() {}

  static AuditLine line(AuditRow row, ZoneId zone, LocalDate today) {
    return new AuditLine(
        Long.toString(row.id()),
        Moment.of(row.at(), zone, today),
        row.login(),
        row.organisation(),
        row.address(),
        "audit.action." + row.action(),
        BAD.contains(row.action()) ? "da" : "",
        row.object(),
        changes(row.before(), row.after()));
  }

  /** Only what differs: the rest says nothing about what was done. */
  static List<AuditLine.Change> changes(String before, String after) {
    Map<String, String> old = values(before);
    Map<String, String> made = values(after);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(made.keySet());
    List<AuditLine.Change> changes = new ArrayList<>();
    for (String name : names) {
      String was = old.getOrDefault(name, "");
      String is = made.getOrDefault(name, "");
      if (!was.equals(is)) {
        changes.add(new AuditLine.Change(name, was, is));
      }
    }
    return changes;
  }

  private static Map<String, String> values(String lines) {
    Map<String, String> values = new LinkedHashMap<>();
    lines
        .lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              values.put(
                  equals < 0 ? line : line.substring(0, equals),
                  equals < 0 ? "" : line.substring(equals + 1));
            });
    return values;
  }
}
