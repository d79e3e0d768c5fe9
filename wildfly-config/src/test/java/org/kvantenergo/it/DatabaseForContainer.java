package org.kvantenergo.it;

import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.kvantenergo.launcher.Database;
import org.kvantenergo.launcher.EmbeddedDatabase;

/** Gives Arquillian's server its database: started before the server, stopped after it. */
public final class DatabaseForContainer implements LoadableExtension {

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(Lifecycle.class);
  }

  /** Arquillian makes one and calls it in the order of the container's life. */
  public static final class Lifecycle {
    private Database database;

    void start(@Observes BeforeStart event) throws java.io.IOException {
      database =
          EmbeddedDatabase.start(
              ItFolder.fresh("arquillian"), Integer.getInteger("kvant.it.database.port"));
    }

    void stop(@Observes AfterStop event) {
      database.close();
    }
  }
}
