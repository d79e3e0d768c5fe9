package org.kvantenergo.event.internal;

import java.util.List;
import java.util.UUID;

/** Where the relay sends to. */
public interface EventSender {

  /**
   * Sends events in order; they are safe at the broker when it returns.
   *
   * @param installation whose cursors these are
   * @throws BrokerException if not all were sent; some may have been
   */
  void send(UUID installation, List<LoggedEvent> events);
}
