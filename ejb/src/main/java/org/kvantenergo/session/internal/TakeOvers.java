package org.kvantenergo.session.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.session.SessionStore.Begun;
import org.kvantenergo.shared.Columns;

/** Which sessions are over because others began, or because of what people decided meanwhile. */
final class TakeOvers {

  // Disturbed: people have decided about the device since its HELLO was answered. Whoever decides
  // holds the row of the device, and the row of this session refers to it: either they see the
  // session and end it themselves, or this sees what they decided. A counter that is not the
  // session's or a later one's says that the key is another.
  private static final String STANDING =
      """
      select n.place, o.node, coalesce(case when n.accepted
          then d.state <> 'REGISTERED' or (n.counter is null) <> (k.device_id is null)
            or coalesce(k.counter, -1) < n.counter
          else d.kind = 'BASE_STATION' and d.state in ('REGISTERED', 'BLOCKED')
        end, false) as disturbed
      from unnest(?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[]) with ordinality
        as n(device_id, previous, accepted, counter, place)
      join device d on d.id = n.device_id
      left join device_key k on k.device_id = n.device_id
      left join device_session o on o.id = n.previous and o.device_id = n.device_id
        and o.ended_at is null
      """;

  private static final String NOTE =
      """
      insert into session_takeover (session_id, node)
      select distinct * from unnest(?::bigint[], ?::text[]) on conflict do nothing
      """;

  // A server that was killed tells no ends; what really ended otherwise is written over this later.
  private static final String END_LOST =
      """
      update device_session o set ended_at = %s, end_reason = 'SERVER_LOST'
      from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as n(id, device_id, at)
      where o.id = n.id and o.device_id = n.device_id and o.ended_at is null
      """
          .formatted(Columns.time("n.at"));

  private TakeOvers() {}

  /** Another session that is over because of one, or that one itself. */
  private record Over(long id, String node) {}

  // The state rows of the devices are locked since they were advanced: whoever comes second sees
  // what the first wrote, and one of the two sessions finds itself the older one.
  static void note(Connection connection, List<Begun> starts) throws SQLException {
    List<Over> over = new ArrayList<>();
    List<Begun> lost = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(STANDING)) {
      Columns<Begun> columns = new Columns<>(statement, starts);
      columns.longs(b -> b.device().value());
      columns.longs(Begun::previous);
      columns.booleansOrNull(b -> b.agreed().accepted());
      columns.longsOrNull(b -> b.agreed().counter());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Begun start = starts.get(row.getInt("place") - 1);
          boolean newest = start.newest() <= start.id();
          if (!newest || row.getBoolean("disturbed")) {
            over.add(new Over(start.id(), start.node()));
          }
          String before = newest ? row.getString("node") : null;
          if (start.node().equals(before)) {
            lost.add(start);
          } else if (before != null) {
            over.add(new Over(start.previous(), before));
          }
        }
      }
    }
    insert(connection, over);
    endLost(connection, lost);
  }

  private static void insert(Connection connection, List<Over> over) throws SQLException {
    if (!over.isEmpty()) {
      try (PreparedStatement note = connection.prepareStatement(NOTE)) {
        Columns<Over> columns = new Columns<>(note, over);
        columns.longs(Over::id);
        columns.texts(Over::node);
        note.executeUpdate();
      }
    }
  }

  private static void endLost(Connection connection, List<Begun> lost) throws SQLException {
    if (!lost.isEmpty()) {
      try (PreparedStatement end = connection.prepareStatement(END_LOST)) {
        Columns<Begun> columns = new Columns<>(end, lost);
        columns.longs(Begun::previous);
        columns.longs(b -> b.device().value());
        columns.times(Begun::openedAt);
        end.executeUpdate();
      }
    }
  }
}
