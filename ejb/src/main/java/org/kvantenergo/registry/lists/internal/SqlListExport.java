package org.kvantenergo.registry.lists.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;
import org.kvantenergo.registry.internal.MeterSearch;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListExport;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Scope;

/** One query with a cursor, a row a line: so its size does not matter. */
@ApplicationScoped
public class SqlListExport implements ListExport {

  private static final int ROWS_AT_ONCE = 1000;

  // The columns of the form in their order: times as local times, all else as it is.
  private static final String COLUMNS =
      """
      select way.country, way.region, way.settlement, way.street, way.house, way.entrance, way.flat,
        f.zone, way.guid::text, m.resource, f.place, m.type, m.serial, m.capacity, m.diameter,
        date_trunc('second', lower(f.valid)) at time zone f.zone,
        f.first_reading, null::numeric, v.done_on, v.due_on, seals.numbers,
        d.serial, date_trunc('second', lower(fit.valid)) at time zone coalesce(f.zone, 'UTC'),
        held.number, held.holder, held.since
      from found f
      join meter m on m.id = f.id
      left join meter_device fit on fit.meter_id = f.id and fit.valid @> f.at
      left join device d on d.id = fit.device_id
      left join lateral (
        select v.done_on, v.due_on from meter_verification v
        where v.meter_id = f.id and v.done_on <= f.day order by v.done_on desc limit 1) v on true
      cross join lateral (
        select string_agg(l.number, ', ' order by l.number) as numbers from meter_seal l
        where l.meter_id = f.id and l.valid @> f.at) seals
      left join lateral (
        select min(c.number) as number, min(h.holder) as holder, min(lower(h.valid)) as since
        from account_site h join consumer_account c on c.id = h.account_id
        where h.site_id = f.site_id and h.valid @> f.day having count(*) = 1) held on true
      cross join lateral (
        with recursive up as (
          select s.id, s.parent_id, s.kind, s.name, s.guid from site s where s.id = f.site_id
          union all
          select s.id, s.parent_id, s.kind, s.name, null from up join site s on s.id = up.parent_id)
        select max(name) filter (where kind = 'COUNTRY') as country,
          max(name) filter (where kind = 'REGION') as region,
          max(name) filter (where kind = 'SETTLEMENT') as settlement,
          max(name) filter (where kind = 'STREET') as street,
          max(name) filter (where kind = 'HOUSE') as house,
          max(name) filter (where kind = 'ENTRANCE') as entrance,
          max(name) filter (where kind = 'FLAT') as flat,
          max(guid::text) as guid
        from up) way
      order by f.address nulls last, f.place, f.id
      """;

  private final DataSource dataSource;

  @Inject
  public SqlListExport(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlListExport() {
    this(null);
  }

  // A cursor lives as long as its transaction.
  @Override
  @Transactional(rollbackOn = Exception.class)
  public void write(
      Scope scope, String text, Instant at, Format format, Locale locale, OutputStream out)
      throws IOException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(MeterSearch.found(scope) + ") " + COLUMNS)) {
      Object[] places = MeterSearch.places(text);
      statement.setObject(1, at.atOffset(ZoneOffset.UTC));
      for (int i = 0; i < places.length; i++) {
        statement.setObject(i + 2, places[i]);
      }
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet row = statement.executeQuery();
          ListWriter writer = ListWriter.of(format, locale, out)) {
        while (row.next()) {
          Object[] values = new Object[Column.values().length];
          for (int i = 0; i < values.length; i++) {
            values[i] = row.getObject(i + 1);
          }
          writer.line(values);
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("exporting meters", e);
    }
  }
}
