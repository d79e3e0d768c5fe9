package org.kvantenergo.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.kvantenergo.it.ItFolder;
import org.kvantenergo.launcher.DatabaseCheck;
import org.kvantenergo.launcher.EmbeddedDatabase;

/** The columns of registry and archive by which a record is known, in a PostgreSQL. */
class StoredIT {

  @Test
  void whatIsMissingAndWhatIsThereTwiceIsFound() throws Exception {
    Path folder = ItFolder.fresh("stored");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"))) {
      try (Connection connection = DatabaseCheck.connect(database.address());
          Statement statement = connection.createStatement()) {
        statement.execute(
            """
            create table device (id bigint, serial bigint);
            create table reading (device_id bigint, module_time timestamptz, record_number bigint, digest bigint);
            insert into device values (1, 300000000001), (2, 300000000002), (3, 300000000002), (4, 300000000004);
            insert into reading values
              (1, to_timestamp(1790000000), 7, ('x' || 'cd5762f3f85e9b70')::bit(64)::bigint),
              (2, to_timestamp(1790000001), 7, 1),
              (3, to_timestamp(1790000001), 7, 1),
              (4, to_timestamp(1790000002), 8, 1)
            """);
      }
      Path journal = folder.resolve("journal");
      Files.writeString(
          journal,
          """
          860000000000001 300000000001 7 1790000000 cd5762f3f85e9b70 0
          command 860000000000001 300000000001 17 EXECUTED 0
          860000000000001 300000000001 7 1790000000 cd5762f3f85e9b70 1
          860000000000002 300000000002 7 1790000001 0000000000000001 0
          860000000000004 300000000004 8 1790000002 0000000000000002 0
          860000000000005 300000000005 8 1790000002 0000000000000001 0
          """);
      // Once, though acknowledged twice; under two devices; with other bytes; no such device.
      assertThat(Stored.look(database.address(), journal)).isEqualTo(new Stored(4, 2, 1));
    }
  }
}
