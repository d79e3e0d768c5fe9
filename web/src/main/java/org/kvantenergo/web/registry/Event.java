package org.kvantenergo.web.registry;

import org.kvantenergo.web.format.Moment;

/**
 * A period in the history of a meter or of a device.
 *
 * @param kind key of what held
 * @param what what held
 * @param readings what the meter showed at its beginning and at its end, empty if not known
 * @param since from when
 * @param until until when, empty if it still holds
 */
public record Event(String kind, String what, String readings, Moment since, Moment until) {

  /** Whether it holds now. */
  public boolean open() {
    return until.date().isEmpty();
  }
}
