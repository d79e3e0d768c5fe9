package org.kvantenergo.web.command;

import org.kvantenergo.command.Selection;
import org.kvantenergo.shared.DeviceId;

/** Which devices a page offers for a command. */
public interface Targets {

  /** The ticked ones; null if none is. */
  Selection ticked();

  /** How many are ticked. */
  long tickedCount();

  /** All that the page lists. */
  Selection listed();

  /** How many those are. */
  long listedCount();

  /** The chosen one; null if none is. */
  DeviceId chosen();

  /** Its serial number; empty if none is chosen. */
  String serial();

  /** The name of the one group that is listed; empty if it is all or several. */
  String group();
}
