package org.kvantenergo.it.browser;

import java.sql.SQLException;
import org.kvantenergo.it.KvantInstance;

/**
 * A group of nine modules of which everything is known, of the organisation that runs the demo.
 *
 * @param town for its statements
 * @param group its id
 */
record Yard(Town town, String group) implements AutoCloseable {

  static final String GROUP = "642M_YARD";

  private static final String GONE =
      """
      delete from device_state s using device d join device_group g on g.id = d.group_id
        where s.device_id = d.id and g.name = '%1$s';
      delete from meter_device m using device d join device_group g on g.id = d.group_id
        where m.device_id = d.id and g.name = '%1$s';
      delete from device d using device_group g where g.id = d.group_id and g.name = '%1$s';
      delete from fleet_hour h using device_group g where g.id = h.group_id and g.name = '%1$s';
      delete from device_group where name = '%1$s';
      """
          .formatted(GROUP);

  private static final String MODULES =
      """
      insert into device_group (organisation_id, name, position)
        select id, '%1$s', 900 from organisation where runs_installation;
      insert into device (organisation_id, group_id, kind, state, imei, serial, model)
        select g.organisation_id, g.id, 'MODULE', case when n = 4 then 'BLOCKED' else 'REGISTERED' end,
          0, 930000000000 + n, 642
        from device_group g, generate_series(1, 9) n where g.name = '%1$s';
      insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at, module_time,
          record_number, received_at, meter_time, resource, temperature, battery, measurement_errors,
          temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi, band,
          period_minutes, sessions_total, sessions_day, reading, reading_module_time,
          reading_record_number)
      select d.id, 1, 5, 642, '8970', v.at, v.at, 1, v.at, v.at, 0.1, 20, v.battery,
        v.m, v.t, v.c, v.k, v.h, v.status, v.rssi, 0, v.period, 1, 1, 1.5, v.at, 1
      from (values
        (1, now(), 60, 3.6, -71, 4097, 0, 0, 0, 0, 0),
        (2, now(), 60, 3.3, -72, 4097, 16, 0, 0, 0, 0),
        (3, now() - interval '61 min', 60, 3.4, -73, 20481, 16, 0, 0, 0, 8),
        (4, now() - interval '150 min', 60, 3.1999998, -103, 4097, 0, 1, 0, 0, 0),
        (5, now() - interval '23 h', 1440, 3.2, -102, 4097, 0, 0, 0, 0, 0),
        (6, now() - interval '3 d', 720, 3.61, -60, 4097, 0, 0, 32768, 2, 0),
        (7, now() - interval '5 h', 0, 3.62, -61, 4097, 0, 0, 0, 0, 0),
        (8, now() - interval '2 min', 60, 3.5, -94, 4097, 0, 0, 0, 0, 0)
        ) as v(n, at, period, battery, rssi, status, m, t, c, k, h)
      join device d on d.serial = 930000000000 + v.n;
      """
          .formatted(GROUP);

  static Yard build(KvantInstance kvant) throws SQLException {
    Town town = new Town(kvant);
    town.run(GONE);
    town.run(MODULES);
    return new Yard(town, town.value("select id from device_group where name = '" + GROUP + "'"));
  }

  /** The group's last 23 hours, and two modules in the first seconds of this one. */
  void day() throws SQLException {
    town.run(
        """
        insert into fleet_hour_counted
          select date_trunc('hour', now()) - n * interval '1 h' from generate_series(1, 23) n
          on conflict do nothing;
        insert into fleet_hour
          select date_trunc('hour', now()) - n * interval '1 h', g.organisation_id, g.id,
            case n when 5 then 4 else 8 - n %% 2 end
          from generate_series(1, 23) n, device_group g where g.name = '%1$s'
          on conflict do nothing;
        update device_state s set received_at = date_trunc('hour', now())
            + case d.serial %% 8 when 1 then interval '6 s' else interval '9 s' end
          from device d where d.id = s.device_id and d.serial in (930000000001, 930000000002);
        """
            .formatted(GROUP));
  }

  String value(String sql) throws SQLException {
    return town.value(sql);
  }

  @Override
  public void close() throws SQLException {
    town.run(GONE);
  }
}
