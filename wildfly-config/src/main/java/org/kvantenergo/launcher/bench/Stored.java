package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.DatabaseCheck;
import org.postgresql.PGConnection;

/**
 * Every record of the simulator's journal, which has those that were acknowledged, looked for in
 * the archive by SQL: by device, number, time and digest of its bytes.
 *
 * @param acknowledged different records that were acknowledged
 * @param missing of these, how many are not in the archive
 * @param twice of these, how many are there more than once
 */
record Stored(long acknowledged, long missing, long twice) {

  private static final String PROMISED =
      """
      create temporary table journal_line (line text) on commit drop;
      create temporary table promised on commit drop as
        select null::bigint as serial, null::bigint as record_number, null::timestamptz as module_time,
          null::bigint as digest limit 0
      """;

  private static final String SPLIT =
      """
      insert into promised
        select distinct f[2]::bigint, f[3]::bigint, to_timestamp(f[4]::bigint),
          ('x' || f[5])::bit(64)::bigint
        from (select string_to_array(line, ' ') as f from journal_line
          where line not like 'command%') as l;
      analyze promised
      """;

  /** By serial, not by row of the device: under two devices would be twice as well. */
  private static final String COUNT =
      """
      select count(*), count(*) filter (where copies = 0), count(*) filter (where copies > 1)
      from (
        select count(r.device_id) as copies
        from promised p
        left join device d on d.serial = p.serial
        left join reading r on r.device_id = d.id and r.module_time = p.module_time
          and r.record_number = p.record_number and r.digest = p.digest
        group by p.serial, p.record_number, p.module_time, p.digest) as found
      """;

  static Stored look(DatabaseAddress address, Path journal) throws IOException, SQLException {
    try (Connection connection = DatabaseCheck.connect(address);
        Statement statement = connection.createStatement();
        Reader lines = Files.newBufferedReader(journal, StandardCharsets.US_ASCII)) {
      connection.setAutoCommit(false);
      statement.execute(PROMISED);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy journal_line from stdin", lines);
      statement.execute(SPLIT);
      try (ResultSet row = statement.executeQuery(COUNT)) {
        row.next();
        return new Stored(row.getLong(1), row.getLong(2), row.getLong(3));
      } finally {
        connection.rollback();
      }
    }
  }
}
