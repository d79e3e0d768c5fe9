package org.kvantenergo.it.browser;

import java.sql.SQLException;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/**
 * An organisation with 260 modules in one group and five in another, some of which show a sign, and
 * two people of it; closed, its modules are nobody's.
 *
 * @param person who sees them
 * @param colleague of the same organisation
 */
record Fleet(Person person, Person colleague) implements AutoCloseable {

  static final long ID = 870_000_000L;
  static final int MODULES = 260;

  static Fleet open(KvantInstance kvant, String name) throws SQLException {
    Person person = Person.make(kvant, name, Permission.READ_DEVICES);
    Person colleague = Person.make(kvant, name + "-2", Permission.READ_DEVICES);
    person.run(
        """
        insert into organisation (id, name, parent_id) overriding system value
        select 870000000, 'Отборный водоканал', id from organisation where runs_installation
        on conflict do nothing
        """);
    for (Person each : java.util.List.of(person, colleague)) {
      each.run("update account set organisation_id = 870000000 where login = ?", each.login());
      each.role("organisation_id = 870000000, without_second_password = true");
    }
    person.run(
        """
        insert into device_group (id, organisation_id, name, position) overriding system value
        values (870000000, 870000000, 'Первая', 1), (870000001, 870000000, 'Вторая', 2)
        """);
    person.run(
        """
        insert into device (id, organisation_id, group_id, kind, state, imei, serial, model)
        overriding system value
        select 870000000 + n, 870000000, 870000000 + (n > 260)::int, 'MODULE', 'REGISTERED',
          869000000000000 + n * 7 % 271, 600000000000 + n, 642
        from generate_series(1, 265) n
        """);
    person.run(
        """
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
          module_time, record_number, received_at, meter_time, resource, temperature, battery,
          measurement_errors, temperature_errors, control_errors, calibration_errors,
          hardware_errors, status, rssi, band, period_minutes, sessions_total, sessions_day,
          reading, before_reading)
        select 870000000 + n, 1, 5, 642, '8970101000000' || lpad(n::text, 6, '0'), t.at,
          case when n = 11 then t.at - interval '1 hour' else t.at end, 1, t.at, t.at, 0.5,
          (n % 40)::real, case when n = 5 then 3.3 else 3.6 end,
          0, 0, 0, 0, case when n = 7 then 8 else 0 end, case when n = 9 then 20481 else 4097 end,
          -80 - n % 20, 0, 60, 1000 + n, 24, 100, case when n = 13 then 200 end
        from generate_series(1, 265) n,
          lateral (select now() - case when n = 3 then interval '10 hours'
            else interval '10 min' end as at) t
        """);
    return new Fleet(person, colleague);
  }

  /** The person has no view and left the table as the manual has it. */
  void forgetViews() throws SQLException {
    for (String table : java.util.List.of("table_choice", "table_view")) {
      person.run(
          "delete from " + table + " where account_id in (select id from account where login = ?)",
          person.login());
    }
  }

  @Override
  public void close() throws SQLException {
    person.run("delete from device_state where device_id between 870000001 and 870000265");
    person.run("delete from device where id between 870000001 and 870000265");
    person.run("delete from device_group where organisation_id = 870000000");
  }
}
