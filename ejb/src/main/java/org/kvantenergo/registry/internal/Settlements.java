package org.kvantenergo.registry.internal;

import static org.kvantenergo.registry.internal.Told.told;

import java.time.LocalDate;
import java.util.Map;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Sql;

/** Which account pays for which site, by days. */
final class Settlements {

  private static final String DOING = "changing an account";

  private static final String KNOWN =
      """
      insert into consumer_account (organisation_id, number)
      select s.organisation_id, ? from site s where s.id = ?
      on conflict (organisation_id, lower(number)) do nothing
      """;

  private static final String LOCK =
      """
      select c.id from consumer_account c join site s using (organisation_id)
      where s.id = ? and lower(c.number) = lower(?) for update of c
      """;

  // Entered late, it lasts until the next thing that is known: an end, or another site.
  private static final String UNTIL =
      """
      select min(known.day) from account_site h cross join (values (?::date)) as n(since)
      cross join lateral (
        select lower(h.valid) as day where lower(h.valid) > n.since
        union all select upper(h.valid) where h.valid @> n.since) as known
      where h.account_id = ?
      """;

  private static final String SETTLE =
      """
      insert into account_site (account_id, site_id, holder, valid) values (?, ?, ?, daterange(?, ?))
      """;

  private final Sql sql;
  private final Refusals refusals;
  private final AuditTrail audit;
  private final Periods periods;

  Settlements(Sql sql, Refusals refusals, AuditTrail audit) {
    this.sql = sql;
    this.refusals = refusals;
    this.audit = audit;
    this.periods = new Periods(sql, "account_site", "account_id = ?");
  }

  /** Opens an account, or brings the one of that number here. */
  void settle(Caller caller, SiteId site, String number, String holder, LocalDate since) {
    String address = refusals.mustSee(caller, site);
    sql.update(DOING, KNOWN, number, site.value());
    long account = sql.list(DOING, row -> row.getLong(1), LOCK, site.value(), number).get(0);
    LocalDate until =
        sql.list(DOING, row -> row.getObject(1, LocalDate.class), UNTIL, since, account).get(0);
    periods.end(since, account);
    sql.update(DOING, SETTLE, account, site.value(), holder.strip(), since, until);
    audit.note(
        caller,
        AuditAction.ACCOUNT_SETTLED,
        "consumer " + number,
        Map.of(),
        told("address", address, "holder", holder.strip(), "since", since));
  }

  void move(Caller caller, ConsumerId account, SiteId site, String holder, LocalDate since) {
    OrganisationId owner =
        new OrganisationId(Long.parseLong(of(caller, account, "organisation_id")));
    refusals.mustSee(caller, site);
    refusals.mustOwn(owner, site);
    settle(caller, site, of(caller, account, "number"), holder, since);
  }

  /** Lets an account end; whether it was anywhere on that day. */
  boolean leave(Caller caller, ConsumerId account, LocalDate until) {
    String number = of(caller, account, "number");
    if (!periods.end(until, account.value())) {
      return false;
    }
    audit.note(
        caller, AuditAction.ACCOUNT_ENDED, "consumer " + number, Map.of(), told("until", until));
    return true;
  }

  private String of(Caller caller, ConsumerId account, String column) {
    String of = "select c.%s from consumer_account c where c.id = ? and ".formatted(column);
    return refusals.mustSee(of, "c.organisation_id", caller, account.value());
  }
}
