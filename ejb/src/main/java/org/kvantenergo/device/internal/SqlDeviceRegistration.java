package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.device.DeviceRegistration;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** Registers whoever reports already, as a set: one statement, however many they are. */
@ApplicationScoped
public class SqlDeviceRegistration implements DeviceRegistration {

  private static final String DOING = "registering devices";
  private static final int MOST_EXAMPLES = 20;
  private static final int MOST_NAMED = 100;

  private static final String TAKEN =
      "exists (select from device o where o.state in ('REGISTERED', 'BLOCKED') and %s)";

  /** Who was asked for, and what stands in the way. */
  private static final String JUDGED =
      """
      hit as materialized (
        select d.id, d.kind, d.imei, d.serial from device d
        left join device_state s on s.device_id = d.id
        where d.state = 'UNREGISTERED' and %1$s %2$s),
      judged as materialized (
        select h.*, case
          when %3$s then 'SERIAL_TAKEN'
          when h.imei <> 0 and %4$s then 'IMEI_TAKEN'
          when count(*) over (partition by h.serial) > 1
            or h.imei <> 0 and count(*) over (partition by h.imei) > 1 then 'TWICE'
        end as why
        from hit h)
      """;

  private static final String COUNT =
      "with %s select coalesce(why, ''), count(*) from judged group by why";

  private static final String EXAMPLES =
      "with %s select why, imei, serial from judged where why is not null order by serial, imei"
          + " limit "
          + MOST_EXAMPLES;

  // First contact stands for the date of commissioning, until somebody knows better.
  private static final String REGISTER =
      """
      with %s,
      done as (
        update device d set organisation_id = ?, group_id = ?, state = 'REGISTERED',
          apart_since = null, comment = coalesce(nullif(?, ''), d.comment),
          model = coalesce((select nullif(s.model, 0) from device_state s where s.device_id = d.id),
            d.model),
          commissioned_at = coalesce(d.commissioned_at, d.created_at)
        from judged j where j.id = d.id and j.why is null
        returning d.id, d.kind)
      select coalesce(j.why, ''), j.id, j.kind, j.serial from judged j order by j.id
      """;

  private final Sql sql;
  private final Uses uses;
  private final AuditTrail audit;
  private final Outbox outbox;

  @Inject
  public SqlDeviceRegistration(DataSource dataSource, Uses uses, AuditTrail audit, Outbox outbox) {
    this.sql = new Sql(dataSource);
    this.uses = uses;
    this.audit = audit;
    this.outbox = outbox;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceRegistration() {
    this(null, null, null, null);
  }

  /** Which devices, as SQL over {@code device d} and {@code device_state s}. */
  private record Which(String condition, List<Object> values, String named) {

    static Which of(Rule rule, Scope scope) {
      Which open = ranges(rule, scope);
      List<Object> values = new ArrayList<>(open.values);
      values.add(rule.kind().name());
      return new Which(open.condition + " and d.kind = ?", values, open.named);
    }

    /** Without the kind. */
    static Which ranges(Rule rule, Scope scope) {
      List<String> parts = new ArrayList<>(List.of(VisibleDevice.seen(scope)));
      List<Object> values = new ArrayList<>();
      add(parts, values, "d.imei >= ?", rule.imeiFrom());
      add(parts, values, "d.imei <= ?", rule.imeiTo());
      add(parts, values, "d.serial >= ?", rule.serialFrom());
      add(parts, values, "d.serial <= ?", rule.serialTo());
      add(
          parts,
          values,
          "case when d.state = 'UNREGISTERED' then s.model else d.model end = ?",
          rule.model());
      return new Which(String.join(" and ", parts), values, name(rule));
    }

    private static void add(List<String> parts, List<Object> values, String part, Object value) {
      if (value != null) {
        parts.add(part);
        values.add(value);
      }
    }

    private static String name(Rule rule) {
      return "rule: "
          + rule.kind()
          + range(", imei ", rule.imeiFrom(), rule.imeiTo())
          + range(", serial ", rule.serialFrom(), rule.serialTo())
          + (rule.model() == null ? "" : ", model " + rule.model());
    }

    private static String range(String name, Long from, Long to) {
      return from == null && to == null
          ? ""
          : name + (from == null ? "" : from) + ".." + (to == null ? "" : to);
    }
  }

  @Override
  @Transactional
  public Finding register(Caller caller, Collection<DeviceId> devices, Into into) {
    caller.require(Permission.REGISTER);
    Goal.organisation(sql, caller, into.owner(), into.group());
    long[] ids = devices.stream().mapToLong(DeviceId::value).toArray();
    Which these =
        new Which(
            "d.id = any(?) and " + VisibleDevice.seen(caller.scope()), List.of(ids), "devices");
    return apply(caller, these, into, 0, 0);
  }

  @Override
  public Finding tryRule(Caller caller, Rule rule, Into into) {
    caller.require(Permission.REGISTER);
    Which which = checked(caller, rule, into);
    Map<String, Long> counts = new TreeMap<>();
    String judged = judged(which, "");
    sql.list(
            DOING,
            row -> Map.entry(row.getString(1), row.getLong(2)),
            COUNT.formatted(judged),
            which.values().toArray())
        .forEach(each -> counts.put(each.getKey(), each.getValue()));
    return finding(which, counts, otherKind(caller, rule), already(caller, rule));
  }

  @Override
  @Transactional
  public Finding applyRule(Caller caller, Rule rule, Into into) {
    caller.require(Permission.REGISTER);
    Which which = checked(caller, rule, into);
    long otherKind = otherKind(caller, rule);
    long already = already(caller, rule);
    return apply(caller, which, into, otherKind, already);
  }

  private Which checked(Caller caller, Rule rule, Into into) {
    Goal.organisation(sql, caller, into.owner(), into.group());
    if (!rule.limited()) {
      throw new DeviceRefusedException(Reason.VALUE);
    }
    return Which.of(rule, caller.scope());
  }

  /** A device as it was judged. */
  private record Judged(String why, DeviceId id, String kind, long serial) {}

  private Finding apply(Caller caller, Which which, Into into, long otherKind, long already) {
    List<Object> values = new ArrayList<>(which.values());
    values.add(into.owner());
    values.add(into.group() == null ? null : into.group().value());
    values.add(Goal.comment(into.comment()));
    List<Judged> all =
        Goal.unlessTaken(
            Reason.TAKEN,
            () ->
                sql.list(
                    DOING,
                    row ->
                        new Judged(
                            row.getString(1),
                            new DeviceId(row.getLong(2)),
                            row.getString(3),
                            row.getLong(4)),
                    REGISTER.formatted(judged(which, "order by d.id for no key update of d")),
                    values.toArray()));
    Map<String, Long> counts = new TreeMap<>();
    all.forEach(each -> counts.merge(each.why, 1L, Long::sum));
    Finding finding = finding(which, counts, otherKind, already);
    List<Judged> done = all.stream().filter(each -> each.why.isEmpty()).toList();
    if (!done.isEmpty()) {
      // A base station stays connected for days; a module comes back within the hour.
      uses.disturbed(
          done.stream().filter(d -> d.kind.equals("BASE_STATION")).map(Judged::id).toList());
      note(caller, which, into, done);
      tell(done.stream().map(Judged::id).toList());
    }
    return finding;
  }

  private void note(Caller caller, Which which, Into into, List<Judged> done) {
    Map<String, String> after = new TreeMap<>();
    after.put("count", Integer.toString(done.size()));
    after.put("owner", Long.toString(into.owner().value()));
    after.put("group", into.group() == null ? "" : Long.toString(into.group().value()));
    after.put("comment", into.comment().strip());
    after.put(
        "serials",
        String.join(
            " ", done.stream().limit(MOST_NAMED).map(each -> Long.toString(each.serial)).toList()));
    audit.note(
        caller,
        AuditAction.DEVICES_REGISTERED,
        which.named(),
        Map.of("state", "UNREGISTERED"),
        after);
  }

  private void tell(List<DeviceId> devices) {
    List<Event> events = new ArrayList<>();
    for (int from = 0; from < devices.size(); from += Event.MAX_DEVICES) {
      int to = Math.min(devices.size(), from + Event.MAX_DEVICES);
      events.add(new Event.DevicesChanged(devices.subList(from, to)));
    }
    outbox.append(events);
  }

  private Finding finding(Which which, Map<String, Long> counts, long otherKind, long already) {
    Map<Conflict, Long> conflicts = new EnumMap<>(Conflict.class);
    counts.forEach(
        (why, count) -> {
          if (!why.isEmpty()) {
            conflicts.put(Conflict.valueOf(why), count);
          }
        });
    List<Example> examples =
        conflicts.isEmpty()
            ? List.of()
            : sql.list(
                DOING,
                row ->
                    new Example(Conflict.valueOf(row.getString(1)), row.getLong(2), row.getLong(3)),
                EXAMPLES.formatted(judged(which, "")),
                which.values().toArray());
    long matched = counts.values().stream().mapToLong(Long::longValue).sum();
    return new Finding(
        matched, counts.getOrDefault("", 0L), conflicts, examples, otherKind, already);
  }

  private long otherKind(Caller caller, Rule rule) {
    Which ranges = Which.ranges(rule, caller.scope());
    return count(ranges, "d.state = 'UNREGISTERED' and d.kind <> '" + rule.kind() + "'");
  }

  private long already(Caller caller, Rule rule) {
    return count(Which.of(rule, caller.scope()), "d.state in ('REGISTERED', 'BLOCKED')");
  }

  private long count(Which which, String also) {
    return sql.list(
            DOING,
            row -> row.getLong(1),
            "select count(*) from device d left join device_state s on s.device_id = d.id where "
                + which.condition()
                + " and "
                + also,
            which.values().toArray())
        .get(0);
  }

  private static String judged(Which which, String lock) {
    return JUDGED.formatted(
        which.condition(),
        lock,
        TAKEN.formatted("o.serial = h.serial"),
        TAKEN.formatted("o.imei <> 0 and o.imei = h.imei"));
  }
}
