package org.kvantenergo.session;

import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Reads the history of sessions, for people. */
public interface SessionHistory {

  /** Sessions of a device, newest first. Empty when the scope does not see the device. */
  Page<SessionRow> list(Scope scope, DeviceId device, Slice slice);
}
