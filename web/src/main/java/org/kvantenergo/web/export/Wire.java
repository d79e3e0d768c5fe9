package org.kvantenergo.web.export;

import io.undertow.server.ServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import java.io.IOException;

/**
 * The connection under a request. Servlets have no word for «this answer is not whole»: whatever
 * they throw, the server ends the answer as if it were. Elsewhere than on Undertow there is none.
 */
final class Wire {

  private static final System.Logger LOG = System.getLogger(Wire.class.getName());

  private Wire() {}

  /** What ends the connection of the current request, from any thread. */
  static Runnable cutter() {
    try {
      ServerConnection connection =
          ServletRequestContext.requireCurrent().getExchange().getConnection();
      return () -> cut(connection);
    } catch (LinkageError | IllegalStateException e) {
      return () -> {};
    }
  }

  private static void cut(ServerConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cutting a connection", e);
    }
  }
}
