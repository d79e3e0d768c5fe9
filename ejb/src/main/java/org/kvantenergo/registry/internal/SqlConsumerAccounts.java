package org.kvantenergo.registry.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.registry.ConsumerAccount;
import org.kvantenergo.registry.ConsumerAccounts;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Accounts as of a moment: which day that is, the site's zone says. */
@ApplicationScoped
public class SqlConsumerAccounts implements ConsumerAccounts {

  private static final String DOING = "reading accounts of consumers";

  private static final String COLUMNS =
      """
      select c.id, c.number, h.site_id, s.address, s.zone, h.holder, lower(h.valid) as since,
        upper(h.valid) as until
      """;

  private static final String FOUND =
      """
      from (values (?::timestamptz)) as moment(at)
      cross join consumer_account c
      left join (account_site h join site s on s.id = h.site_id)
        on h.account_id = c.id and h.valid @> (moment.at at time zone s.zone)::date
      where %s
      """;

  /** Those of a page alone are looked up: the accounts, in their order, say which these are. */
  private static final String CUT =
      """
      from (values (?::timestamptz)) as moment(at)
      cross join (select * from consumer_account c where %s
        order by site_order(c.number), c.id limit ? offset ?) c
      left join (account_site h join site s on s.id = h.site_id)
        on h.account_id = c.id and h.valid @> (moment.at at time zone s.zone)::date
      """;

  private static final String ORDER = " order by site_order(c.number), c.id";

  private static final String TEXT =
      " and (lower(c.number) like lower(?) or h.holder ilike ? or s.address ilike ?)";

  private static final String BELOW =
      """
       and h.site_id in (with recursive part as (
        select ?::bigint as id union all select x.id from site x join part on x.parent_id = part.id)
        select id from part)
      """;

  private static final String ONE = " and c.id = ?";

  private final Sql sql;

  @Inject
  public SqlConsumerAccounts(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlConsumerAccounts() {
    this(null);
  }

  @Override
  public Page<ConsumerAccount> list(
      Scope scope, String text, SiteId below, Instant at, Slice slice) {
    if (text.isEmpty() && below == null) {
      return all(scope, at, slice);
    }
    String part = MeterSearch.escaped(text) + "%";
    List<Object> values = new ArrayList<>(List.of(at, part, "%" + part, "%" + part));
    String found = found(scope) + TEXT;
    if (below != null) {
      found += BELOW;
      values.add(below.value());
    }
    long total =
        sql.list(DOING, row -> row.getLong(1), "select count(*) " + found, values.toArray()).get(0);
    values.add(slice.limit());
    values.add(slice.offset());
    return new Page<>(
        sql.list(
            DOING,
            SqlConsumerAccounts::account,
            COLUMNS + found + ORDER + " limit ? offset ?",
            values.toArray()),
        total);
  }

  private Page<ConsumerAccount> all(Scope scope, Instant at, Slice slice) {
    String count = "select count(*) from consumer_account c where " + in(scope);
    return new Page<>(
        sql.list(
            DOING,
            SqlConsumerAccounts::account,
            COLUMNS + CUT.formatted(in(scope)) + ORDER,
            at,
            slice.limit(),
            slice.offset()),
        sql.list(DOING, row -> row.getLong(1), count).get(0));
  }

  @Override
  public Optional<ConsumerAccount> find(Scope scope, ConsumerId account, Instant at) {
    return sql
        .list(
            DOING, SqlConsumerAccounts::account, COLUMNS + found(scope) + ONE, at, account.value())
        .stream()
        .findFirst();
  }

  @Override
  public List<ConsumerAccount.Home> history(Scope scope, ConsumerId account) {
    String all =
        """
        from account_site h join site s on s.id = h.site_id
        join consumer_account c on c.id = h.account_id where c.id = ? and %s order by h.valid desc
        """;
    return sql.list(
        DOING, SqlConsumerAccounts::home, COLUMNS + all.formatted(in(scope)), account.value());
  }

  private static String found(Scope scope) {
    return FOUND.formatted(in(scope));
  }

  private static String in(Scope scope) {
    return InScope.of(scope, "c.organisation_id");
  }

  private static ConsumerAccount account(ResultSet r) throws SQLException {
    return new ConsumerAccount(
        new ConsumerId(r.getLong("id")),
        r.getString("number"),
        r.getString("address") == null ? null : home(r));
  }

  private static ConsumerAccount.Home home(ResultSet r) throws SQLException {
    return new ConsumerAccount.Home(
        new SiteId(r.getLong("site_id")),
        r.getString("address"),
        ZoneId.of(r.getString("zone")),
        r.getString("holder"),
        r.getObject("since", LocalDate.class),
        r.getObject("until", LocalDate.class));
  }
}
