package org.kvantenergo.session;

import java.util.List;

/** Keeps the history of sessions. */
public interface SessionStore {

  /**
   * New session ids: unique over all nodes and restarts, growing with time.
   *
   * @param count how many, 1 or more
   */
  List<Long> nextIds(int count);

  /** Writes what a batch says of its sessions; at most one change a session. */
  void record(List<SessionChange> changes);
}
