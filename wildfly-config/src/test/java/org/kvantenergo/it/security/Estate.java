package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Talk;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Readings;

/**
 * An organisation and one of everything that it can own; closed, it owns nothing any more, and
 * other tests of the same server find what they would have found without it.
 *
 * @param kvant where
 * @param id of the organisation, of a module that has sent a record, of a frame of it that was set
 *     aside, of a meter, and of a site with a consumer's account: a number that stands for nothing
 *     else on any page
 * @param serial of that module
 * @param record the record's key, as a link names it
 */
public record Estate(KvantInstance kvant, long id, String serial, String record)
    implements AutoCloseable {

  private static final long IDS = 800_000_000L;

  private static final long TIME = 1_690_016_400L;

  /** Makes one right below the organisation that runs the installation. */
  public static Estate below(KvantInstance kvant, String name, int module) throws Exception {
    ModuleIdentity identity = ModuleIdentity.unknown(module);
    String id = Long.toString(IDS + module);
    String serial = Long.toString(identity.serial());
    Person.change(
        kvant,
        "insert into organisation (id, name, parent_id) overriding system value"
            + " select ?::bigint, ?, id from organisation where runs_installation",
        id,
        name);
    Person.change(
        kvant,
        "insert into device_group (id, organisation_id, name, position) overriding system value"
            + " values (?::bigint, ?::bigint, ?, 1)",
        id,
        id,
        name);
    Person.change(
        kvant,
        "insert into device (id, organisation_id, group_id, kind, state, imei, serial, model)"
            + " overriding system value values"
            + " (?::bigint, ?::bigint, ?::bigint, 'MODULE', 'REGISTERED', ?::bigint, ?::bigint, 1)",
        id,
        id,
        id,
        Long.toString(identity.imei()),
        serial);
    Person.change(
        kvant,
        "insert into meter (id, organisation_id, resource, type, serial) overriding system value"
            + " values (?::bigint, ?::bigint, 'COLD_WATER', 'СВК-15', ?)",
        id,
        id,
        serial);
    Person.change(
        kvant,
        "insert into site (id, organisation_id, kind, name, address, zone) overriding system value"
            + " values (?::bigint, ?::bigint, 'SETTLEMENT', ?, '', 'Europe/Moscow')",
        id,
        id,
        serial);
    Person.change(
        kvant,
        "insert into consumer_account (id, organisation_id, number) overriding system value"
            + " values (?::bigint, ?::bigint, ?)",
        id,
        id,
        serial);
    Person.change(
        kvant,
        "insert into account_site (account_id, site_id, holder, valid)"
            + " values (?::bigint, ?::bigint, ?, daterange('2026-01-01', null))",
        id,
        id,
        serial);
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(Talk.session(identity, Talk.slice(1, TIME, 1.5)));
      assertThat(talk.answers(3)).hasSize(3);
    }
    frame(kvant, id, identity);
    return new Estate(
        kvant,
        IDS + module,
        serial,
        Person.value(
            kvant,
            "select extract(epoch from module_time)::bigint || '-' || record_number || '-'"
                + " || lpad(to_hex(digest), 16, '0') from reading where device_id = ?::bigint",
            id));
  }

  private static void frame(KvantInstance kvant, String id, ModuleIdentity identity)
      throws SQLException {
    Readings packet = new Readings(List.of(Talk.slice(2, TIME, 1.5)));
    Person.change(
        kvant,
        "insert into ingest_failed (id, failed_at, received_at, kind, imei, serial, session_id, node,"
            + " remote_address, frame_type, payload, sql_state, message, next_try_at)"
            + " overriding system value values (?::bigint, now(), now(), 'MODULE', ?::bigint, ?::bigint, 1, 'x', '127.0.0.1', ?::smallint,"
            + " decode(?, 'hex'), '23514', 'x', now() + interval '1 day')",
        id,
        Long.toString(identity.imei()),
        Long.toString(identity.serial()),
        Integer.toString(packet.type()),
        HexFormat.of().formatHex(PacketEncoder.payload(packet)));
  }

  /** A list of meters that was read and can be applied; its id is one more at each call. */
  String list(long account) throws SQLException {
    return Person.value(
        kvant,
        "insert into meter_list (id, organisation_id, account_id, file_name, zone, state)"
            + " overriding system value select coalesce(max(id), ?::bigint * 10) + 1, ?::bigint,"
            + " ?::bigint, 'x.csv', 'UTC', 'CHECKED' from meter_list where id > ?::bigint * 10"
            + " and id < ?::bigint * 10 + 10 returning id",
        Long.toString(id),
        Long.toString(id),
        Long.toString(account),
        Long.toString(id),
        Long.toString(id));
  }

  @Override
  public void close() throws SQLException {
    String owner = Long.toString(id);
    Person.change(kvant, "delete from ingest_failed where id = ?::bigint", owner);
    Person.change(kvant, "delete from account_site where site_id = ?::bigint", owner);
    Person.change(kvant, "delete from consumer_account where organisation_id = ?::bigint", owner);
    Person.change(kvant, "delete from site where organisation_id = ?::bigint", owner);
    Person.change(kvant, "delete from meter where organisation_id = ?::bigint", owner);
    Person.change(kvant, "delete from meter_list where organisation_id = ?::bigint", owner);
    Person.change(
        kvant,
        "update device set organisation_id = null, group_id = null, state = 'UNREGISTERED'"
            + " where organisation_id = ?::bigint",
        owner);
    Person.change(kvant, "delete from device_group where organisation_id = ?::bigint", owner);
  }
}
