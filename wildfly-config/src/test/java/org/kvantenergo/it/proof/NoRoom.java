package org.kvantenergo.it.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.kvantenergo.it.KvantInstance;

/**
 * A tablespace that runs full: a file system in memory holds the archive's month of now and is then
 * filled to its last byte, so that PostgreSQL itself finds no room (SQLSTATE 53100). Where this
 * user may not mount one, a trigger raises the same SQLSTATE instead, and {@link #how()} says so.
 */
final class NoRoom implements Fault, AutoCloseable {
  private static final long SPARE = 16L << 20;
  private static final int BLOCK = 4096;
  private static final String TRIGGER =
      """
      create function no_room() returns trigger language plpgsql as
        $$begin raise exception using errcode = '53100', message = 'no room (pretended)'; end$$;
      create trigger no_room before insert on reading for each row execute function no_room()
      """;

  private final KvantInstance kvant;
  private final Path small;
  private final String month;
  private final boolean mounted;

  /** Makes the file system and moves the month there; records still go in. */
  NoRoom(KvantInstance kvant) throws Exception {
    this.kvant = kvant;
    // Not in the build's folder: after a test that was killed nobody could delete that any more.
    this.small = Files.createTempDirectory("kvant-no-room");
    this.month =
        one(
            """
            select tableoid::regclass::text from reading
            where module_time > now() - interval '1 day' order by module_time desc limit 1
            """);
    long size = Long.parseLong(one("select pg_relation_size('" + month + "')")) + SPARE;
    this.mounted = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", "" + small);
    if (mounted) {
      execute("create tablespace small location '" + small + "'");
      execute("alter table " + month + " set tablespace small");
    }
  }

  /** How the room is taken, for the report. */
  String how() {
    return mounted ? "tablespace on a full tmpfs" : "SQLSTATE 53100 raised by a trigger";
  }

  @Override
  public void begin() throws Exception {
    if (!mounted) {
      execute(TRIGGER);
      return;
    }
    try (OutputStream filler = Files.newOutputStream(filler())) {
      while (true) {
        filler.write(new byte[BLOCK]);
      }
    } catch (IOException e) {
      // Full: this is what was wanted.
    }
  }

  @Override
  public void end() throws Exception {
    if (mounted) {
      Files.delete(filler());
    } else {
      execute("drop function no_room cascade");
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    if (mounted) {
      execute("alter table " + month + " set tablespace pg_default");
      execute("checkpoint");
      execute("drop tablespace small");
      // Lazily: idle backends may still have a file of it open.
      run("umount", "-l", small.toString());
    }
    Files.delete(small);
  }

  private Path filler() {
    return small.resolve("filler");
  }

  private String one(String query) throws SQLException {
    try (Connection connection = kvant.connectAsSuperuser();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = kvant.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().onExit().join().exitValue()
        == 0;
  }
}
