package org.kvantenergo.session;

import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;

/** Reads the history of sessions, for people. */
public interface SessionHistory {

  /**
   * Sessions of a device, newest first. Empty when the caller does not see the device; login and
   * password of the access point are empty for who may not read secrets.
   */
  Page<SessionRow> list(Caller caller, DeviceId device, Slice slice);
}
