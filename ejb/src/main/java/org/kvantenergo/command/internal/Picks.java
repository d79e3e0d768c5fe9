package org.kvantenergo.command.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderCheck.Bucket;
import org.kvantenergo.command.OrderCheck.Sample;
import org.kvantenergo.command.OrderCheck.WakeTimes;
import org.kvantenergo.command.Selection;
import org.kvantenergo.device.DeviceSets;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/**
 * The devices of an order with what it comes to for each, in a table of the transaction: the dry
 * run and the sending look at the same rows, made by the same statement. Everything goes through
 * one connection of the caller's transaction.
 */
final class Picks {

  private static final String DOING = "picking devices for a command";

  private static final String MAKE =
      """
      create temp table command_pick (
        place bigint, asked text, device_id bigint, serial bigint, refusal text, mode text,
        replaces boolean, after_sent boolean, expected timestamptz, overdue boolean
      ) on commit drop
      """;

  private static final String IDS =
      """
      select n.place, n.id::text as asked, n.id
      from unnest(?::bigint[]) with ordinality as n(id, place)
      """;

  // Of one number registered devices first; each branch has an index of its own. A serial number
  // and an IMEI are never the same number: an IMEI has 15 digits.
  private static final String NUMBERS =
      """
      select n.place, n.number::text as asked, coalesce(
        (select d.id from device d where d.state in ('REGISTERED', 'BLOCKED') and d.serial = n.number and %1$s),
        (select d.id from device d where d.state in ('REGISTERED', 'BLOCKED') and d.imei <> 0
          and d.imei = n.number and %1$s),
        (select min(d.id) from device d where d.state = 'UNREGISTERED' and d.serial = n.number and %1$s),
        (select min(d.id) from device d where d.state = 'UNREGISTERED' and d.imei <> 0
          and d.imei = n.number and %1$s)) as id
      from unnest(?::bigint[]) with ordinality as n(number, place)
      """;

  private static final String MATCHING =
      "select 0 as place, '' as asked, m.id from (%s) m where m.id <> all(?::bigint[])";

  // Each device once, and each number that is nobody's.
  private static final String FILL =
      """
      insert into command_pick
      select p.place, p.asked, d.id, d.serial,
        case when d.id is null then 'UNKNOWN'
          when d.state = 'BLOCKED' then 'BLOCKED'
          when d.state <> 'REGISTERED' then 'UNREGISTERED'
          when not d.reported then 'NEVER_REPORTED'
          when d.kind = 'BLOCK' and ? = 5 then 'NO_SUCH_COMMAND' end,
        %3$s,
        exists (select from command c where c.device_id = d.id and c.state = 'QUEUED' and %5$s),
        exists (select from command c where c.device_id = d.id and c.state = 'LEASED' and %5$s),
        case when s.period_minutes > 0 then s.received_at + make_interval(mins => s.period_minutes
          * greatest(1, ceil(extract(epoch from ?::timestamptz - s.received_at) / 60 / s.period_minutes))::int)
          end,
        s.period_minutes > 0
          and s.received_at < ?::timestamptz - s.period_minutes * interval '90 s'
      from (select distinct on (coalesce(a.id, -a.place)) a.* from (%1$s) a
        order by coalesce(a.id, -a.place), a.place) p
      left join device d on d.id = p.id and %2$s
      left join device_state s on s.device_id = d.id
      %4$s
      """;

  private static final String COUNT =
      """
      select coalesce(refusal, 'QUEUED') as fate, count(*) as devices,
        count(*) filter (where replaces) as replaces, count(*) filter (where after_sent) as after_sent,
        count(*) filter (where mode = 'LOCKED') as locked
      from command_pick group by 1
      """;

  private static final String SAMPLES =
      """
      select f.fate, p.* from (values %1$s) as f(fate)
      cross join lateral (
        select k.asked, k.device_id, k.serial from command_pick k
        where case f.fate when 'REPLACES' then k.refusal is null and k.replaces
          when 'AFTER_SENT' then k.refusal is null and k.after_sent
          when 'LOCKED' then k.refusal is null and k.mode = 'LOCKED'
          else k.refusal = f.fate end
        order by k.place, k.serial limit %2$d) p
      """;

  private static final String WAKE =
      """
      select case when not p.overdue then width_bucket(
          extract(epoch from p.expected - ?::timestamptz), ?::numeric[]) end as bucket,
        coalesce(p.overdue, false) as overdue, count(*) as devices, min(p.expected) as first_at,
        max(p.expected) as last_at
      from command_pick p where p.refusal is null group by 1, 2 order by 1
      """;

  /** Upper ends of the buckets of waking times. */
  private static final List<Duration> WITHIN =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private final Sql sql;
  private final DeviceSets sets;

  Picks(Sql sql, DeviceSets sets) {
    this.sql = sql;
    this.sets = sets;
  }

  /**
   * Picks.
   *
   * @param code of the command
   * @param now when, for the waking times
   */
  void pick(Scope scope, Selection devices, int code, Instant now) {
    String seen = VisibleDevice.seen(scope);
    List<Object> values = new ArrayList<>();
    values.add(code);
    values.add(now);
    values.add(now);
    String relation;
    if (devices instanceof Selection.Ids ids) {
      relation = IDS;
      values.add(ids.devices().stream().mapToLong(DeviceId::value).toArray());
    } else if (devices instanceof Selection.Numbers numbers) {
      relation = NUMBERS.formatted(seen);
      values.add(numbers.numbers().stream().mapToLong(Long::parseLong).toArray());
    } else {
      Selection.Matching all = (Selection.Matching) devices;
      DeviceSets.Ids matching = sets.of(scope, all.filter());
      relation = MATCHING.formatted(matching.sql());
      values.addAll(matching.values());
      values.add(all.but().stream().mapToLong(DeviceId::value).toArray());
    }
    sql.update(DOING, "drop table if exists pg_temp.command_pick");
    sql.update(DOING, MAKE);
    sql.update(
        DOING,
        FILL.formatted(relation, seen, Modes.MODE, Modes.JOIN, sameKind(code)),
        values.toArray());
    // A table that nobody has looked at is thought to be tiny.
    sql.update(DOING, "analyze command_pick");
  }

  /**
   * Which commands {@code c} a new one takes the place of. Openings and lockings belong to their
   * tasks.
   */
  static String sameKind(int code) {
    return switch (code) {
      case 1, 4, 5 -> "c.code = " + code;
      case 2, 3 ->
          "c.code = %d and c.waits_for is null".formatted(code)
              + " and not exists (select from command k where k.waits_for = c.id)";
      default -> "false";
    };
  }

  /**
   * How many come to what.
   *
   * @param refusesIfLocked whether locked devices will refuse
   */
  Map<Fate, Long> counts(boolean refusesIfLocked) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    sql.list(DOING, row -> count(row, counts, refusesIfLocked), COUNT);
    counts.values().removeIf(devices -> devices == 0);
    return counts;
  }

  private static boolean count(ResultSet row, Map<Fate, Long> counts, boolean refusesIfLocked)
      throws SQLException {
    Fate fate = Fate.valueOf(row.getString("fate"));
    counts.put(fate, row.getLong("devices"));
    if (fate == Fate.QUEUED) {
      counts.put(Fate.REPLACES, row.getLong("replaces"));
      counts.put(Fate.AFTER_SENT, row.getLong("after_sent"));
      counts.put(Fate.LOCKED, refusesIfLocked ? row.getLong("locked") : 0);
    }
    return true;
  }

  /** A few of each fate that occurs, but QUEUED. */
  List<Sample> samples(Map<Fate, Long> counts) {
    List<String> fates =
        counts.keySet().stream()
            .filter(fate -> fate != Fate.QUEUED)
            .map(fate -> "('" + fate + "')")
            .toList();
    return fates.isEmpty()
        ? List.of()
        : sql.list(
            DOING, Picks::sample, SAMPLES.formatted(String.join(", ", fates), OrderCheck.SAMPLES));
  }

  private static Sample sample(ResultSet row) throws SQLException {
    long device = row.getLong("device_id");
    return new Sample(
        Fate.valueOf(row.getString("fate")),
        row.getString("asked"),
        device == 0 ? null : new DeviceId(device),
        row.getLong("serial"));
  }

  private record Woken(Integer bucket, boolean overdue, long devices, Instant first, Instant last) {

    static Woken of(ResultSet row) throws SQLException {
      return new Woken(
          row.getObject("bucket", Integer.class),
          row.getBoolean("overdue"),
          row.getLong("devices"),
          Sql.time(row, "first_at"),
          Sql.time(row, "last_at"));
    }

    boolean expected() {
      return bucket != null;
    }
  }

  /** When those are expected for whom something is queued. */
  WakeTimes wake(Instant now) {
    Long[] ends = WITHIN.stream().map(Duration::toSeconds).toArray(Long[]::new);
    List<Woken> all = sql.list(DOING, Woken::of, WAKE, now, ends);
    List<Bucket> buckets =
        all.stream()
            .filter(Woken::expected)
            .map(w -> new Bucket(w.bucket < WITHIN.size() ? WITHIN.get(w.bucket) : null, w.devices))
            .toList();
    return new WakeTimes(
        all.stream().filter(Woken::expected).map(Woken::first).min(Instant::compareTo).orElse(null),
        all.stream().filter(Woken::expected).map(Woken::last).max(Instant::compareTo).orElse(null),
        buckets,
        all.stream().filter(Woken::overdue).mapToLong(Woken::devices).sum(),
        all.stream().filter(w -> !w.expected() && !w.overdue()).mapToLong(Woken::devices).sum());
  }

  /** How many devices were asked for. */
  static long asked(Map<Fate, Long> counts) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey() == Fate.QUEUED || e.getKey().refused())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
