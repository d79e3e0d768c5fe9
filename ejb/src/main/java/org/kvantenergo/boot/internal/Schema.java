package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.kvantenergo.shared.ServerMessage;

/** Brings the schema to this program's version; several nodes at once take turns. */
@ApplicationScoped
public class Schema {

  /** The files of db/migration. Listed, because a server's archive cannot be searched portably. */
  static final List<String> MIGRATIONS =
      List.of(
          "V1__registry.sql",
          "V2__sessions.sql",
          "V3__archive.sql",
          "V4__accounts.sql",
          "V5__outbox.sql",
          "V6__whole_wire.sql",
          "V7__set_aside.sql",
          "V8__custody.sql",
          "V9__set_aside_custody.sql",
          "V10__burst.sql",
          "V11__organisations_and_rights.sql",
          "V12__meters_and_places.sql",
          "V13__audit.sql",
          "V14__lists.sql",
          "V15__people.sql",
          "V17__reach_of_roles.sql",
          "V20__devices.sql",
          "V22__second_factors.sql",
          "V23__technological_mode.sql",
          "V24__sealed_access_points.sql",
          "V25__purpose.sql",
          "V26__sign_on.sql",
          "V27__readings_of_changes.sql",
          "V28__readings_in_lists.sql",
          "V29__names_from_above.sql",
          "V30__set_aside_device.sql",
          "V31__counted_lists.sql",
          "V32__one_master_key.sql",
          "V40__signs_of_states.sql",
          "V41__lists_of_devices.sql",
          "V45__views.sql",
          "V53__error_bits.sql",
          "V57__fleet_hours.sql",
          "V58__coordinates.sql",
          "V60__commands.sql",
          "V61__news_of_commands.sql",
          "V63__commands_at_scale.sql",
          "V64__tasks_without_statistics.sql");

  // A rehearsal that was killed leaves tables that depend on what a migration may want to drop.
  private static final String DROP_REHEARSALS =
      """
      do $$
      declare
        rehearsal name;
      begin
        for rehearsal in
          select nspname from pg_namespace where nspname like 'kvant\\_rehearsal\\_%'
        loop
          execute format('drop schema %I cascade', rehearsal);
        end loop;
      end $$
      """;

  private static final System.Logger LOG = System.getLogger(Schema.class.getName());
  private static final String FOLDER = "db/migration/";

  private final DataSource dataSource;

  @Inject
  public Schema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected Schema() {
    this(null);
  }

  /**
   * Migrates.
   *
   * @throws IllegalStateException with a numbered message if the database holds a schema of a newer
   *     program or cannot be migrated
   */
  public void migrate() {
    Flyway flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(dataSource)
            .resourceProvider(new Files())
            // Without this it searches the archive for classes all the same.
            .javaMigrationClassProvider(List::of)
            .load();
    try {
      MigrationInfo current = flyway.info().current();
      if (current != null && current.getVersion().getMajor().intValue() > newest()) {
        throw ServerMessage.SCHEMA_NEWER.fail(LOG, null, current.getVersion(), newest());
      }
      if (flyway.info().pending().length > 0) {
        dropRehearsals();
      }
      flyway.migrate();
    } catch (FlywayException | SQLException e) {
      throw ServerMessage.SCHEMA_FAILED.fail(LOG, e, OneLine.of(e));
    }
  }

  private void dropRehearsals() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(DROP_REHEARSALS);
    }
  }

  /** The version that this program's last file leads to. */
  private static int newest() {
    return version(MIGRATIONS.get(MIGRATIONS.size() - 1));
  }

  /** The number in a file's name: 11 of V11__name.sql. */
  static int version(String file) {
    return Integer.parseInt(file.substring(1, file.indexOf("__")));
  }

  /** The migrations of this program. */
  private static final class Files implements ResourceProvider {

    @Override
    public LoadableResource getResource(String name) {
      String file = name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
      return MIGRATIONS.contains(file) ? new File(file) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return MIGRATIONS.stream()
          .filter(file -> file.startsWith(prefix))
          .map(file -> (LoadableResource) new File(file))
          .toList();
    }
  }

  /** One migration. */
  private static final class File extends LoadableResource {

    private final String name;

    File(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      try (InputStream in = Schema.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
        return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return FOLDER + name;
    }
  }
}
