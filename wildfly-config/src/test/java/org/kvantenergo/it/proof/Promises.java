package org.kvantenergo.it.proof;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.kvantenergo.it.KvantInstance;
import org.postgresql.PGConnection;

/**
 * What modules were promised, held against what is there. The journal of a simulation is read on as
 * it grows; entries stay text until the database sees them. One thread at a time.
 */
final class Promises {
  private static final int READ = 1 << 20;

  private final KvantInstance kvant;
  private final Path journal;
  private long read;

  Promises(KvantInstance kvant, Path journal) {
    this.kvant = kvant;
    this.journal = journal;
  }

  /**
   * What became of acknowledged records.
   *
   * @param acknowledged different records that were acknowledged
   * @param missing of these, how many are neither in the archive nor set aside
   * @param twice of these, how many are in the archive more than once
   * @param setAside of these, how many are not in the archive but wait in ingest_failed
   * @param lost some of the missing, to look for them: serial, number, time of the module, digest
   */
  record Tally(long acknowledged, long missing, long twice, long setAside, String lost) {}

  /** The lines that came since the last call; whole ones only. */
  String further() throws IOException {
    if (Files.notExists(journal)) {
      return "";
    }
    try (FileChannel file = FileChannel.open(journal)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(READ, file.size() - read));
      while (bytes.hasRemaining() && file.read(bytes, read + bytes.position()) > 0) {
        // a read may give less than was asked for
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
      String whole = whole(text);
      read += whole.length();
      return whole;
    }
  }

  /** The journal is written in blocks, which end anywhere in a line. */
  private static String whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /** Passes over what is there now. */
  void skip() throws IOException {
    while (!further().isEmpty()) {
      // further has moved on
    }
  }

  /** Everything that was acknowledged since the journal began, against what is stored now. */
  Tally tally() throws IOException, SQLException {
    return tally("reading");
  }

  /** The same, where the archive has another name for now. */
  Tally tally(String archive) throws IOException, SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          """
          create temporary table journal_line (line text) on commit drop;
          create temporary table promised (serial bigint, record_number bigint, module_time timestamptz,
            digest bigint) on commit drop
          """);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy journal_line from stdin",
              new StringReader(whole(Files.readString(journal, StandardCharsets.US_ASCII))));
      statement.execute(
          """
          insert into promised
          select distinct f[2]::bigint, f[3]::bigint, to_timestamp(f[4]::bigint),
            ('x' || f[5])::bit(64)::bigint
          from (select string_to_array(line, ' ') as f from journal_line
            where line not like 'command%') as l;
          analyze promised
          """);
      Tally tally = count(statement, archive);
      connection.rollback();
      return tally;
    }
  }

  /** Joins by serial, not by row of the device: under two devices would be twice as well. */
  private static Tally count(Statement statement, String archive) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            with found as (
              select p.*, count(r.device_id) as copies
              from promised p
              join device d on d.serial = p.serial
              left join %s r on r.device_id = d.id and r.module_time = p.module_time
                and r.record_number = p.record_number and r.digest = p.digest
              group by p.serial, p.record_number, p.module_time, p.digest),
            aside as (
              select i.serial, substr(i.payload, 2 + 54 * n, 54) as record
              from ingest_failed i,
                generate_series(0, get_byte(i.payload, 0) - 1) as n
              where i.frame_type = 2 and i.stored_at is null),
            kept as (
              select f.serial, f.record_number, f.module_time, f.digest
              from found f join aside a on a.serial = f.serial
                and substr(sha256(a.record), 1, 8) = int8send(f.digest)
              where f.copies = 0),
            lost as (
              select p.* from promised p
              where not exists (select 1 from found f where f.copies > 0 and f.serial = p.serial
                  and f.record_number = p.record_number and f.module_time = p.module_time
                  and f.digest = p.digest)
                and not exists (select 1 from kept k where k.serial = p.serial
                  and k.record_number = p.record_number and k.module_time = p.module_time
                  and k.digest = p.digest))
            select (select count(*) from promised),
              (select count(*) from lost),
              (select count(*) from found where copies > 1),
              (select count(*) from kept),
              (select string_agg(l::text, ' ') from (select * from lost limit 5) l)
            """
                .formatted(archive))) {
      row.next();
      return new Tally(
          row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getString(5));
    }
  }
}
