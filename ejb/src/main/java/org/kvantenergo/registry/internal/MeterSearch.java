package org.kvantenergo.registry.internal;

import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Scope;

/** Which meters a list is about, as of a moment: the beginning of its statement. */
public final class MeterSearch {

  // What is searched and sorted by. %s: the scope; places: the moment.
  static final String FOUND =
      """
      with moment as (select ?::timestamptz as at), found as (
        select m.id, p.site_id, p.place, p.valid, p.first_reading, s.address, s.rank, s.kind, s.zone,
          (moment.at at time zone coalesce(s.zone, 'UTC'))::date as day, moment.at
        from moment
        cross join meter m
        left join meter_place p on p.meter_id = m.id and p.valid @> moment.at
        left join site s on s.id = p.site_id
        where %s and\s""";

  // Accounts by number and by their own site alone: not those of a whole house for each of its
  // flats.
  private static final String TEXT =
      """
      (s.address ilike ? or lower(m.serial) like lower(?)
        or exists (select from meter_device f join device d on d.id = f.device_id
          where f.meter_id = m.id and f.valid @> moment.at and d.serial::text like ?)
        or exists (select from account_site h join consumer_account c on c.id = h.account_id
          where h.site_id = p.site_id and lower(c.number) like lower(?)
            and h.valid @> (moment.at at time zone s.zone)::date))""";

  private MeterSearch() {}

  /**
   * The open {@code with … found as (…} of what a scope sees and a text finds; its places are the
   * moment and {@link #places}.
   */
  public static String found(Scope scope) {
    return FOUND.formatted(in(scope)) + TEXT;
  }

  /** What fills the places of the text, in order. */
  public static Object[] places(String text) {
    String beginning = escaped(text) + "%";
    return new Object[] {"%" + beginning, beginning, beginning, beginning};
  }

  static String in(Scope scope) {
    return InScope.of(scope, "m.organisation_id");
  }

  /** What is typed is looked for as it is. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
