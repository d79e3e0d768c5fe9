package org.kvantenergo.boot.internal;

import javax.sql.DataSource;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Sql;

/**
 * Houses of Rostov-on-Don with their places on the map, and in some of their flats a meter with one
 * of the recorded modules. The houses are real enough to look at, and nobody's in particular.
 */
final class DemoSites {

  private static final String DOING = "making the demo's sites";

  private static final String NONE_YET =
      "select where not exists (select from site where organisation_id = ?)";

  private static final String CITY =
      """
      insert into site (organisation_id, kind, name, address, zone)
      values (?, 'SETTLEMENT', 'Ростов-на-Дону', '', 'Europe/Moscow')
      """;

  private static final String BELOW =
      """
      insert into site (organisation_id, kind, parent_id, parent_rank, name, address, zone, latitude, longitude)
      select p.organisation_id, ?, p.id, p.rank, ?, '', p.zone, ?, ?
      from site p where p.organisation_id = ? and p.address = ?
      """;

  // In the order of their serial numbers, so that each start finds the same.
  private static final String METERS =
      """
      with module as (
        select d.id, d.serial, row_number() over (order by d.serial) as n from device d
        where d.organisation_id = ? and d.serial between 207900000000 and 207900009999
          and d.kind <> 'BASE_STATION' and d.state = 'REGISTERED'
          and not exists (select from meter_device f where f.device_id = d.id)),
      flat as (
        select s.id, row_number() over (order by s.id) as n from site s
        where s.organisation_id = ? and s.kind = 'FLAT'),
      made as (
        insert into meter (organisation_id, resource, type, serial, capacity, diameter)
        select ?, 'COLD_WATER', 'Квант СВ-А-15М', module.serial::text, 99999.999, 15 from module
        join flat using (n) on conflict do nothing returning id, serial, resource),
      stands as (
        insert into meter_place (meter_id, resource, site_id, valid)
        select made.id, made.resource, flat.id, tstzrange('2020-12-01T09:00:00Z', null)
        from made join module on module.serial::text = made.serial join flat using (n))
      insert into meter_device (meter_id, device_id, valid)
      select made.id, module.id, tstzrange('2020-12-01T09:00:00Z', null)
      from made join module on module.serial::text = made.serial
      """;

  /** Street, house, latitude and longitude. */
  private static final Object[][] HOUSES = {
    {"ул. Мильчакова", "7", 47.2149, 39.6287},
    {"ул. Мильчакова", "10", 47.2160, 39.6262},
    {"ул. Зорге", "21", 47.2176, 39.6296},
    {"пр-т Стачки", "194", 47.2158, 39.6331},
    {"ул. Малиновского", "52", 47.2311, 39.6122},
    {"ул. Большая Садовая", "105", 47.2247, 39.7262},
    {"ул. Пушкинская", "148", 47.2285, 39.7263},
    {"пр-т Ленина", "44", 47.2539, 39.7060},
    {"пр-т Космонавтов", "19", 47.2862, 39.7097},
    {"ул. Вятская", "63", 47.2553, 39.7745},
    {"пр-т 40-летия Победы", "33", 47.2317, 39.7668},
    {"ул. Портовая", "70", 47.2119, 39.6874},
  };

  private static final String TOWN = "Ростов-на-Дону";

  private DemoSites() {}

  /** Once: whoever has sites of their own, or has removed ours, is left alone. */
  static void prepare(DataSource dataSource, OrganisationId organisation) {
    Sql sql = new Sql(dataSource);
    if (!sql.any(DOING, NONE_YET, organisation)) {
      return;
    }
    sql.update(DOING, CITY, organisation);
    String before = "";
    for (Object[] house : HOUSES) {
      String street = TOWN + ", " + house[0];
      if (!street.equals(before)) {
        below(sql, organisation, "STREET", house[0], null, null, TOWN);
        before = street;
      }
      below(sql, organisation, "HOUSE", house[1], house[2], house[3], street);
      below(sql, organisation, "FLAT", "1", null, null, street + ", д. " + house[1]);
    }
    sql.update(DOING, METERS, organisation, organisation, organisation);
  }

  private static void below(
      Sql sql,
      OrganisationId organisation,
      String kind,
      Object name,
      Object latitude,
      Object longitude,
      String parent) {
    sql.update(DOING, BELOW, kind, name, latitude, longitude, organisation, parent);
  }
}
