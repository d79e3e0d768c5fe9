package org.kvantenergo.reading.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.kvantenergo.reading.internal.SqlReadingStore.Identity;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.MeterRecord;

/** Keeps book of records that came again. Costs nothing while none does. */
final class Repeats {

  private static final String COUNT =
      """
      insert into reading_repeat as r (device_id, module_time, record_number, digest, times, last_at,
        last_session, last_batch, last_frame, last_position)
      select n.device_id, to_timestamp(n.module_time), n.record_number, n.digest, n.times, %s,
        n.session_id, n.batch_id, n.frame, n.position
      from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[], ?::smallint[], ?::smallint[])
        as n(device_id, module_time, record_number, digest, times, last_at, session_id, batch_id,
        frame, position)
      order by n.device_id, n.module_time, n.record_number, n.digest
      on conflict (device_id, module_time, record_number, digest) do update set
        times = r.times + excluded.times, last_at = excluded.last_at,
        last_session = excluded.last_session, last_batch = excluded.last_batch,
        last_frame = excluded.last_frame, last_position = excluded.last_position
      """
          .formatted(Columns.time("n.last_at"));

  private final DataSource dataSource;

  Repeats(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private static final class Repeat {
    private MeterRecord last;
    private long times;
  }

  void count(List<MeterRecord> again) {
    Map<Identity, Repeat> repeats = new LinkedHashMap<>();
    for (MeterRecord record : again) {
      Repeat repeat = repeats.computeIfAbsent(Identity.of(record), i -> new Repeat());
      repeat.last = record;
      repeat.times++;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      Columns<Repeat> columns = new Columns<>(count, List.copyOf(repeats.values()));
      columns.longs(r -> r.last.device().value());
      columns.longs(r -> r.last.moduleTime());
      columns.longs(r -> r.last.recordNumber());
      columns.longs(r -> r.last.digest());
      columns.longs(r -> r.times);
      columns.times(r -> r.last.receivedAt());
      columns.longs(r -> r.last.sessionId());
      columns.longs(r -> r.last.place().batchId());
      columns.shorts(r -> r.last.place().frame());
      columns.shorts(r -> r.last.place().position());
      count.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("counting " + again.size() + " repeats", e);
    }
  }
}
