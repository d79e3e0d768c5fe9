package org.kvantenergo.registry.internal;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.RegistryChanges.Placing;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.shared.Sql;

/**
 * Where meters stand, and what they showed when they came and went. What is entered late changes
 * only what was so until the next thing that is known.
 */
final class Places {

  private static final String DOING = "changing where a meter stands";

  // A place is empty when its meter is taken away. That a meter went on to another place does not
  // say so: whoever stood here instead of it may have stayed.
  private static final String STAY =
      """
      select p.site_id, p.place, upper(p.valid) as until, p.last_reading, least(
        case when not exists (select from meter_place n
          where n.meter_id = p.meter_id and lower(n.valid) = upper(p.valid)) then upper(p.valid) end,
        (select min(lower(n.valid)) from meter_place n where n.site_id = p.site_id
          and n.resource = p.resource and n.place = p.place and n.valid >> p.valid)) as vacated
      from meter_place p where p.meter_id = ? and p.valid @> ?::timestamptz
      """;

  private final Sql sql;
  private final Periods periods;

  Places(Sql sql) {
    this.sql = sql;
    this.periods = new Periods(sql, "meter_place", "meter_id = ?");
  }

  /**
   * A meter's stay at a place, as it is known.
   *
   * @param site the site
   * @param place which one of several there
   * @param until when the meter leaves; null if that is not known
   * @param last what it shows then; null if that is not known
   * @param vacated until when nobody else is known to stand there; null if no end is known
   */
  record Stay(SiteId site, String place, Instant until, BigDecimal last, Instant vacated) {

    private static Stay of(ResultSet row) throws SQLException {
      return new Stay(
          new SiteId(row.getLong("site_id")),
          row.getString("place"),
          instant(row.getObject("until", OffsetDateTime.class)),
          row.getBigDecimal("last_reading"),
          instant(row.getObject("vacated", OffsetDateTime.class)));
    }

    private static Instant instant(OffsetDateTime at) {
      return at == null ? null : at.toInstant();
    }
  }

  /** The stay at a moment; null if the meter stood nowhere. */
  Stay at(MeterId meter, Instant at) {
    List<Stay> found = sql.list(DOING, Stay::of, STAY, meter.value(), at);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Moves a meter: it showed at the old place last what it shows at the new one first. */
  void move(MeterId meter, Placing placing) {
    Stay before = at(meter, placing.at());
    leave(meter, placing.at(), placing.reading());
    if (before == null) {
      stay(meter, placing, null, null);
    } else {
      stay(meter, placing, before.until(), before.last());
    }
  }

  /**
   * Puts a meter where another one stood, until one of both ends that are known: its own, or that
   * of the place. What was read then was read from whatever stood there.
   */
  void take(MeterId meter, Stay over, Instant at, BigDecimal reading) {
    Stay before = at(meter, at);
    Instant own = before == null ? null : before.until();
    Instant until = own == null || isBefore(over.vacated(), own) ? over.vacated() : own;
    BigDecimal last = null;
    if (until != null && until.equals(own)) {
      last = before.last();
    } else if (until != null && until.equals(over.until())) {
      last = over.last();
    }
    leave(meter, at, reading);
    stay(meter, new Placing(over.site(), over.place(), at, reading), until, last);
  }

  private static boolean isBefore(Instant one, Instant other) {
    return one != null && one.isBefore(other);
  }

  /**
   * Takes a meter away from where it stood; whether it stood anywhere. What begins at that very
   * moment never was, and a reading counts for the place before it.
   */
  boolean leave(MeterId meter, Instant at, BigDecimal reading) {
    int left =
        sql.update(
            DOING,
            """
            update meter_place set valid = tstzrange(lower(valid), ?), last_reading = ?::numeric
            where meter_id = ? and valid @> ?::timestamptz and lower(valid) < ?
            """,
            at,
            reading,
            meter.value(),
            at,
            at);
    boolean never = periods.end(at, meter.value());
    if (never && reading != null) {
      sql.update(
          DOING,
          "update meter_place set last_reading = ?::numeric where meter_id = ? and upper(valid) = ?",
          reading,
          meter.value(),
          at);
    }
    return never || left > 0;
  }

  private void stay(MeterId meter, Placing placing, Instant until, BigDecimal last) {
    sql.update(
        DOING,
        """
        insert into meter_place (meter_id, resource, site_id, place, first_reading, last_reading, valid)
        select m.id, m.resource, ?, ?, ?::numeric, ?::numeric, tstzrange(n.at, least(n.until, (
          select min(lower(p.valid)) from meter_place p where p.meter_id = m.id and lower(p.valid) > n.at)))
        from meter m, (values (?::timestamptz, ?::timestamptz)) as n(at, until) where m.id = ?
        """,
        placing.site().value(),
        placing.place().strip(),
        placing.reading(),
        last,
        placing.at(),
        until,
        meter.value());
  }
}
