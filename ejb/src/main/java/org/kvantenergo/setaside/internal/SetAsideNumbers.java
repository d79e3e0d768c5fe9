package org.kvantenergo.setaside.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.kvantenergo.shared.WatchedNumber;

/** How many frames wait to be stored. */
@ApplicationScoped
public class SetAsideNumbers {

  /** Frames that are acknowledged and not in the archive. */
  @Produces
  public WatchedNumber waiting() {
    return new WatchedNumber(
        "kvant.setaside.waiting",
        "Frames that are set aside and not stored yet",
        "select count(*) from ingest_failed where stored_at is null");
  }
}
