package org.kvantenergo.launcher.fill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.simulator.ModuleIdentity;

/**
 * The modules whose records are made: rows of the registry, in the group that the server makes for
 * the fleet, each with one session that is said to have brought all of its records. Kept in table
 * {@value #TABLE} while the archive is being filled.
 */
final class FillDevices {
  /** n from 1, device_id, session_id, and what HELLO says. */
  static final String TABLE = "fill_device";

  private static final String ORGANISATION = "НПП КП «КВАНТ»";
  private static final String GROUP = "642M_DEMO";

  private static final int BATCH = 500;
  private static final int BLOCK = 1_000;

  private static final String GROUP_ID =
      """
      with found as (
        select o.id, coalesce(max(g.position), 0) + 1 as position
        from organisation o left join device_group g on g.organisation_id = o.id
        where o.name = ? group by o.id)
      insert into device_group as g (organisation_id, name, position)
      select id, ?, position from found
      on conflict (organisation_id, name) do update set position = g.position
      returning id, organisation_id
      """;

  // As registering in the server does: who has reported unregistered keeps row and archive.
  private static final String REGISTER_CLAIMS =
      """
      update device d set organisation_id = %1$d, group_id = %2$d, state = 'REGISTERED',
        model = f.model, commissioned_at = %3$s
      from fill_device f
      where d.state = 'UNREGISTERED' and d.kind = 'MODULE' and d.imei = f.imei
        and d.serial = f.serial and not exists (select from device o
          where o.state in ('REGISTERED', 'BLOCKED') and (o.serial = f.serial or o.imei = f.imei))
      """;

  private static final String REGISTER =
      """
      insert into device (organisation_id, group_id, state, kind, imei, serial, model,
        commissioned_at)
      select %1$d, %2$d, 'REGISTERED', 'MODULE', f.imei, f.serial, f.model, %3$s
      from fill_device f order by f.n
      on conflict do nothing
      """;

  // The dates that the server gives its demo's fleet.
  private static final String COMMISSIONED =
      "timestamptz '2021-01-01T00:00:00Z' + f.n::bigint * 7919 % 1500 * interval '24 hours'";

  private static final String IDS =
      """
      update fill_device f set device_id = d.id, session_id = s.id
      from device d, (select nextval('device_session_id') as id, row_number() over () as n
        from generate_series(1, %d)) s
      where s.n = f.n and d.serial = f.serial and d.kind = 'MODULE' and d.state in ('REGISTERED', 'BLOCKED')
        and d.organisation_id = %d
      """;

  private final long[] devices;
  private final long[] sessions;
  private final long[] batches;

  private FillDevices(long[] devices, long[] sessions, long[] batches) {
    this.devices = devices;
    this.sessions = sessions;
    this.batches = batches;
  }

  /**
   * Registers whoever is not there yet. Commits.
   *
   * @throws org.kvantenergo.launcher.LaunchException if the database is not a demo's, or a module
   *     of the fleet is somebody else's there
   */
  static FillDevices prepare(Connection connection, FillOrder order) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long[] place = group(connection);
      statement.execute(
          """
          create table fill_device (n int, imei bigint, serial bigint, model int,
            firmware int, iccid text, device_id bigint, session_id bigint)
          """);
      copyFleet(connection, order.devices());
      statement.execute("create unique index on fill_device (n)");
      statement.execute("analyze fill_device");
      for (String sql : List.of(REGISTER_CLAIMS, REGISTER)) {
        statement.execute(sql.formatted(place[1], place[0], COMMISSIONED));
      }
      int own = statement.executeUpdate(IDS.formatted(order.devices(), place[1]));
      if (own != order.devices()) {
        throw LaunchMessage.FILL_NOT_DEMO.exception(url(connection));
      }
      FillDevices prepared = read(statement, order);
      connection.commit();
      return prepared;
    }
  }

  /** The group's id and that of its organisation. */
  private static long[] group(Connection connection) throws SQLException {
    try (PreparedStatement group = connection.prepareStatement(GROUP_ID)) {
      group.setString(1, ORGANISATION);
      group.setString(2, GROUP);
      try (ResultSet row = group.executeQuery()) {
        if (!row.next()) {
          throw LaunchMessage.FILL_NOT_DEMO.exception(url(connection));
        }
        return new long[] {row.getLong(1), row.getLong(2)};
      }
    }
  }

  private static String url(Connection connection) throws SQLException {
    return connection.getMetaData().getURL();
  }

  private static void copyFleet(Connection connection, int count) throws SQLException {
    try (Tuples out =
        new Tuples(connection, TABLE + "(n, imei, serial, model, firmware, iccid)", false)) {
      for (int n = 1; n <= count; n++) {
        ModuleIdentity module = ModuleIdentity.ofFleet(n);
        out.row(6);
        out.int4(n);
        out.int8(module.imei());
        out.int8(module.serial());
        out.int4(module.model());
        out.int4(module.firmware());
        out.text(module.iccid());
      }
      out.end();
    }
  }

  private static FillDevices read(Statement statement, FillOrder order) throws SQLException {
    long batches = (order.records() + BATCH - 1) / BATCH;
    return new FillDevices(
        longs(statement, "select device_id from fill_device order by n"),
        longs(statement, "select session_id from fill_device order by n"),
        longs(
            statement,
            "select nextval('ingest_batch_id') from generate_series(1, %d)"
                .formatted((batches + BLOCK - 1) / BLOCK)));
  }

  private static long[] longs(Statement statement, String sql) throws SQLException {
    List<Long> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getLong(1));
      }
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  /** The id of a device, from 0. */
  long device(int device) {
    return devices[device];
  }

  /** The id of its session. */
  long session(int device) {
    return sessions[device];
  }

  /** The id of the batch that a row came in. */
  long batch(long row) {
    long batch = row / BATCH;
    return batches[(int) (batch / BLOCK)] + batch % BLOCK;
  }

  /** The row's place in the batch. */
  int frame(long row) {
    return (int) (row % BATCH);
  }
}
