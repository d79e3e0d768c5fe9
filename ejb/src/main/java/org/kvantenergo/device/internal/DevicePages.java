package org.kvantenergo.device.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;

/**
 * Cuts pages out of lists of a million devices in one pass over them, which counts them too.
 * Sorting all would take longer than people wait: a sample of the rows says between which two the
 * page must lie, the pass counts what stands before these two and keeps what stands between them,
 * and only that is sorted. The sample may be wrong, the page may not: if it does not lie there,
 * everything is sorted.
 */
final class DevicePages {

  private static final String DOING = "listing devices";

  /**
   * Pages of the tables that are looked at, in a hundred: for the first rows, and for later ones.
   */
  private static final int FEW = 1;

  private static final int MANY = 3;

  /** Up to here few are enough. */
  private static final long FIRST_ROWS = 20_000;

  /** With fewer rows in the sample all are kept. */
  private static final int FEWEST = 200;

  /** Places of the sample that are looked further in any case. */
  private static final int SLACK = 25;

  private static final int MOST_TOTALS = 500;

  /** A total that moved by less than this share is not to blame. */
  private static final double STEADY = 0.01;

  /**
   * Rows that are in the sample together because they share a page of the table: hardly any that
   * are neighbours in the order too, or all of them.
   */
  private static final double APART = 2;

  private static final double TOGETHER = 25;

  /** Standard deviations of a place in the sample. */
  private static final double MARGIN = 3.5;

  private static final String PASS =
      """
      with pass as materialized (
        %1$s),
      sums as (
        select sum(rows) as total, sum(before) as before, sum(coalesce(cardinality(ids), 0)) as kept
        from pass)
      select s.total, s.before, s.kept, u.id
      from sums s
      left join lateral (
        select u.id, row_number() over (order by %2$s) as place
        from (select unnest(p.ids) as id, %3$s from pass p) u
        order by place limit ? offset greatest(0, ? - s.before)) u on true
      order by u.place
      """;

  private static final String SAMPLE =
      """
      select l.place, l.sampled, l.place - l.tied as ties, l.id%1$s
      from (select l.*, row_number() over (order by %2$s) as place, count(*) over () as sampled,
          rank() over (order by %5$s) as tied
        from (%3$s) l) l
      where l.place in (floor(l.sampled * ?::float8 - sqrt(l.sampled) * ?::float8 - %4$d),
        ceil(l.sampled * ?::float8 + sqrt(l.sampled) * ?::float8 + %4$d))
      """;

  private final DeviceQuery query;

  /** Of orders whose neighbours turned out to be neighbours in the table. */
  private final Set<DeviceOrder.Key> clustered =
      Collections.synchronizedSet(EnumSet.noneOf(DeviceOrder.Key.class));

  /** How many rows lists had when they were asked for last: where to look, no more. */
  private final Map<Object, Long> totals = new LinkedHashMap<>();

  DevicePages(DeviceQuery query) {
    this.query = query;
  }

  /**
   * The ids of a page in their order, and how many rows there are in all.
   *
   * @param list what the list is of, whatever its order
   */
  Page<Long> cut(Object list, Listing listing, Slice slice) {
    long before = total(list);
    Cut cut = cut(listing, slice, bounds(listing, slice, before < 0 ? count(listing) : before));
    if (!cut.holds(slice)) {
      if (before < 0 || Math.abs(cut.total - before) < before * STEADY) {
        clustered.add(listing.order().key());
      }
      cut = cut(listing, slice, bounds(listing, slice, cut.total));
    }
    if (!cut.holds(slice)) {
      cut = cut(listing, slice, Bounds.NONE);
    }
    remember(list, cut.total);
    return new Page<>(cut.ids, cut.total);
  }

  private long count(Listing listing) {
    Listing.Query rows = listing.each("select count(*) as rows", List.of(), "", List.of());
    String sql = "select sum(rows) from (" + rows.sql() + ") c";
    return query.list(DOING, row -> row.getLong(1), sql, rows.values()).get(0);
  }

  private void remember(Object list, long total) {
    synchronized (totals) {
      totals.remove(list);
      totals.put(list, total);
      if (totals.size() > MOST_TOTALS) {
        totals.remove(totals.keySet().iterator().next());
      }
    }
  }

  /** −1 if it was never asked for. */
  private long total(Object list) {
    synchronized (totals) {
      return totals.getOrDefault(list, -1L);
    }
  }

  /** The place of a device, from 0; empty if the list does not have it. */
  OptionalLong place(Listing listing, long device) {
    Listing.Query own =
        listing.each(
            "select l.id" + Bound.columns(listing.order()),
            List.of(),
            " where l.id = ?",
            List.of(device));
    List<Bound> found =
        query.list(DOING, row -> Bound.of(listing.order(), row), own.sql(), own.values());
    if (found.isEmpty()) {
      return OptionalLong.empty();
    }
    List<Object> places = new ArrayList<>();
    String before = found.get(0).before(places);
    Listing.Query counts =
        listing.each(
            "select count(*) filter (where " + before + ") as before", places, "", List.of());
    String sql = "select sum(before) from (" + counts.sql() + ") c";
    return OptionalLong.of(query.list(DOING, row -> row.getLong(1), sql, counts.values()).get(0));
  }

  /**
   * Two rows between which a page must lie.
   *
   * @param from null: it may begin with the first row
   * @param to null: it may end with the last
   * @param plain whether few rows share their first keys with them, so that these keys alone will
   *     do
   */
  private record Bounds(Bound from, Bound to, boolean plain) {
    static final Bounds NONE = new Bounds(null, null, false);
  }

  private record Sampled(long place, long all, long ties, Bound bound) {

    /** Not null, and hardly any row before it has the same. */
    boolean plain() {
      return bound.keys().get(0) != null && ties < SLACK;
    }
  }

  /**
   * What was found in a pass.
   *
   * @param before rows that stand before those that were kept
   * @param kept rows of which the page was cut
   */
  private record Cut(long total, long before, long kept, List<Long> ids) {

    /** Whether the whole page is among what was kept. */
    boolean holds(Slice slice) {
      long last = Math.min(slice.offset() + slice.limit(), total);
      return slice.offset() >= total || (before <= slice.offset() && last <= before + kept);
    }
  }

  private Bounds bounds(Listing listing, Slice slice, long total) {
    long end = slice.offset() + slice.limit();
    int percent = end <= FIRST_ROWS ? FEW : MANY;
    double together = clustered.contains(listing.order().key()) ? TOGETHER : APART;
    // The share of the rows that stand before.
    double all = Math.max(Math.max(total, end), 1);
    double first = slice.offset() / all;
    double last = end / all;
    Listing.Query sample = listing.sample("select l.*", percent);
    List<Object> values = new ArrayList<>(sample.values());
    values.addAll(List.of(first, margin(first, together), last, margin(last, together)));
    List<Sampled> sampled =
        query.list(
            DOING,
            row ->
                new Sampled(
                    row.getLong("place"),
                    row.getLong("sampled"),
                    row.getLong("ties"),
                    Bound.of(listing.order(), row)),
            SAMPLE.formatted(
                Bound.columns(listing.order()),
                Orders.by(listing.order()),
                sample.sql(),
                SLACK,
                Orders.first(listing.order())),
            values);
    return sampled.isEmpty() || sampled.get(0).all < FEWEST
        ? Bounds.NONE
        : new Bounds(
            bound(sampled, row -> row.place <= row.all * first),
            bound(sampled, row -> row.place > row.all * first),
            sampled.stream().allMatch(Sampled::plain));
  }

  private static double margin(double share, double together) {
    return MARGIN * Math.sqrt(together * share * (1 - share));
  }

  private static Bound bound(List<Sampled> sampled, Predicate<Sampled> which) {
    return sampled.stream().filter(which).map(Sampled::bound).findFirst().orElse(null);
  }

  private Cut cut(Listing listing, Slice slice, Bounds bounds) {
    Listing.Query pass = pass(listing, bounds);
    List<Object> values = new ArrayList<>(pass.values());
    values.add(slice.limit());
    values.add(slice.offset());
    DeviceOrder order = listing.order();
    String sql =
        PASS.formatted(
            pass.sql(),
            Orders.by(order),
            Orders.each(order, i -> "unnest(p.k%1$d) as k%1$d".formatted(i)));
    List<Long> ids = new ArrayList<>();
    List<Cut> rows =
        query.list(
            DOING,
            row -> {
              long id = row.getLong("id");
              if (!row.wasNull()) {
                ids.add(id);
              }
              return new Cut(row.getLong("total"), row.getLong("before"), row.getLong("kept"), ids);
            },
            sql,
            values);
    return rows.get(0);
  }

  /** Counts all rows and those before the page, and keeps those about it. */
  private static Listing.Query pass(Listing listing, Bounds bounds) {
    List<Object> values = new ArrayList<>();
    List<Object> about = new ArrayList<>();
    String before = "false";
    String kept = "true";
    if (bounds.plain) {
      before = bounds.from == null ? before : bounds.from.well(values);
      kept = between(bounds, about);
    } else if (bounds.from != null || bounds.to != null) {
      before = bounds.from == null ? before : bounds.from.before(values);
      about.addAll(values);
      String after = bounds.to == null ? "false" : bounds.to.after(about);
      kept = "(%s) is not true and (%s) is not true".formatted(before, after);
    }
    DeviceOrder order = listing.order();
    String filter = "filter (where " + kept + ")";
    String question =
        "select count(*) as rows, count(*) filter (where %s) as before, array_agg(l.id) %s as ids, "
                .formatted(before, filter)
            + Orders.each(order, i -> "array_agg(l.k%1$d) %2$s as k%1$d".formatted(i, filter));
    for (int i = 0; i <= order.keys().size(); i++) {
      values.addAll(about);
    }
    return listing.each(question, values, "", List.of());
  }

  /** A comparison or two a row and not five: half of the pass's time. */
  private static String between(Bounds bounds, List<Object> values) {
    String from = bounds.from == null ? "true" : bounds.from.from(values);
    return bounds.to == null
        ? "(" + from + " or l.k0 is null)"
        : from + " and " + bounds.to.upTo(values);
  }
}
