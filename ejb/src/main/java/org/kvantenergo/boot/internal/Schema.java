package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
          "V9__set_aside_custody.sql");

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
      if (current != null && current.getVersion().getMajor().intValue() > MIGRATIONS.size()) {
        throw ServerMessage.SCHEMA_NEWER.fail(LOG, null, current.getVersion(), MIGRATIONS.size());
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw ServerMessage.SCHEMA_FAILED.fail(LOG, e, OneLine.of(e));
    }
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
