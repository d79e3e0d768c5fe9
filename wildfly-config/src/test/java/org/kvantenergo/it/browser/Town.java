package org.kvantenergo.it.browser;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.kvantenergo.it.KvantInstance;

/**
 * A town in the register: Пермь, ул. Ленина, д. 5 with flats 15 and 16, sites 1001 to 1005 of the
 * organisation that runs the demo.
 *
 * @param kvant where
 */
record Town(KvantInstance kvant) {

  /** No site, meter or account of anybody's is left. */
  static void none(KvantInstance kvant) throws SQLException {
    Town town = new Town(kvant);
    town.run(
        "truncate meter, meter_place, meter_device, meter_seal, meter_verification,"
            + " consumer_account, account_site, site");
    town.run("update account set locale = 'ru'");
  }

  /** The town alone; everybody reads Russian. */
  static Town build(KvantInstance kvant) throws SQLException {
    none(kvant);
    Town town = new Town(kvant);
    town.run(
        """
        insert into site (id, organisation_id, kind, parent_id, parent_rank, name, address, zone)
        overriding system value
        select n.id, o.id, n.kind, n.parent, n.above, n.name, '', 'Asia/Yekaterinburg'
        from organisation o, (values
          (1001, 'SETTLEMENT', null::bigint, null::smallint, 'Пермь'),
          (1002, 'STREET', 1001, 3::smallint, 'ул. Ленина'),
          (1003, 'HOUSE', 1002, 4::smallint, '5'),
          (1004, 'FLAT', 1003, 5::smallint, '15'),
          (1005, 'FLAT', 1003, 5::smallint, '16')) as n(id, kind, parent, above, name)
        where o.runs_installation order by n.id
        """);
    return town;
  }

  /** A meter of cold water that has stood at a site since January of 2026. */
  void meter(long id, String serial, long site) throws SQLException {
    run(
        """
        with m as (
          insert into meter (id, organisation_id, resource, type, serial)
          overriding system value
          select %d, id, 'COLD_WATER', 'СГВ-15', '%s' from organisation where runs_installation
          returning id, resource)
        insert into meter_place (meter_id, resource, site_id, valid)
        select id, resource, %d, tstzrange('2026-01-15 09:20+00', null) from m
        """
            .formatted(id, serial, site));
  }

  void run(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  String value(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
