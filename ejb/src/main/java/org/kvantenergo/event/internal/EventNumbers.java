package org.kvantenergo.event.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.kvantenergo.shared.WatchedNumber;

/** How far the relay is behind. */
@ApplicationScoped
public class EventNumbers {

  /** Rows that wait, to be merged or to be taken by the broker. */
  @Produces
  public WatchedNumber waiting() {
    return new WatchedNumber(
        "kvant.outbox.waiting",
        "Events that are not told yet, at most 100000 counted",
        """
        select (select count(*) from (select 1 from outbox limit 100000) as few)
          + (select given - published from event_relay)
        """);
  }

  /** The age of the oldest of them. */
  @Produces
  public WatchedNumber lag() {
    return new WatchedNumber(
        "kvant.relay.lag.seconds",
        "Age of the oldest event that is not told yet; 0 = all are told",
        """
        select coalesce(extract(epoch from now() - least(
          (select created_at from outbox order by id limit 1),
          (select logged_at from event_log
           where cursor > (select published from event_relay) order by cursor limit 1))), 0)
        """);
  }
}
