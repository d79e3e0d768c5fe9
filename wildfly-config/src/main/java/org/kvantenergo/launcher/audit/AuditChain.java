package org.kvantenergo.launcher.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import org.kvantenergo.launcher.DatabaseAddress;

/** Goes through the audit from its first row and computes each hash anew. */
final class AuditChain {

  private static final int PORTION = 1000;
  private static final String BEGINNING = "kvant-audit";

  // The text of each column as the hash takes it.
  private static final String ROWS =
      """
      select id, hash, array[id::text, (extract(epoch from at) * 1000000)::bigint::text,
        organisation_id::text, account_id::text, login, address, action, object, before, after]
        as fields
      from audit order by id
      """;

  private AuditChain() {}

  /**
   * A row and its hash.
   *
   * @param id 0 = before the first
   * @param hash SHA-256, hex
   */
  record Link(long id, String hash) {

    @Override
    public String toString() {
      return id + ":" + hash;
    }
  }

  /**
   * What was found.
   *
   * @param last the last row that is right
   * @param fault what is wrong after it; null if nothing is
   */
  record Verdict(Link last, String fault) {}

  /**
   * Verifies, in one snapshot.
   *
   * @param known a link that was noted before and must still be there; null = none
   */
  static Verdict verify(DatabaseAddress address, Link known) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.user(), address.password())) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(PORTION);
        Verdict rows = rows(statement, known);
        return rows.fault() == null ? ending(statement, rows.last(), known) : rows;
      }
    }
  }

  private static Verdict rows(Statement statement, Link known) throws SQLException {
    byte[] hash = sha256(BEGINNING.getBytes(StandardCharsets.UTF_8));
    Link last = link(0, hash);
    try (ResultSet row = statement.executeQuery(ROWS)) {
      while (row.next()) {
        long id = row.getLong("id");
        if (id != last.id() + 1) {
          return new Verdict(last, "rows %d to %d are missing".formatted(last.id() + 1, id - 1));
        }
        hash = next(hash, (String[]) row.getArray("fields").getArray());
        if (!Arrays.equals(hash, row.getBytes("hash"))) {
          return new Verdict(last, "row %d is not as it was written".formatted(id));
        }
        last = link(id, hash);
        if (known != null && known.id() == id && !known.equals(last)) {
          return new Verdict(last, "row %d is not the one that was noted".formatted(id));
        }
      }
    }
    return new Verdict(last, null);
  }

  /** Cut at the end: what remains is whole, but something else is known of it. */
  private static Verdict ending(Statement statement, Link last, Link known) throws SQLException {
    try (ResultSet row = statement.executeQuery("select id, hash from audit_head")) {
      if (!row.next() || !link(row.getLong(1), row.getBytes(2)).equals(last)) {
        return new Verdict(last, "rows after %d are missing".formatted(last.id()));
      }
    }
    return known != null && known.id() > last.id()
        ? new Verdict(last, "rows %d to %d are missing".formatted(last.id() + 1, known.id()))
        : new Verdict(last, null);
  }

  private static byte[] next(byte[] before, String[] fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(before);
    for (String field : fields) {
      if (field == null) {
        bytes.write('-');
        continue;
      }
      byte[] text = field.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(text);
    }
    return sha256(bytes.toByteArray());
  }

  private static Link link(long id, byte[] hash) {
    return new Link(id, HexFormat.of().formatHex(hash));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
