package org.kvantenergo.session;

import java.util.List;
import java.util.Optional;

/** Keeps the history of sessions. */
public interface SessionStore {

  /**
   * New session ids: unique over all nodes and restarts, growing with time.
   *
   * @param count how many, 1 or more
   */
  List<Long> nextIds(int count);

  /** Writes what a batch says of its sessions; at most one change a session and device. */
  void record(List<SessionChange> changes);

  /**
   * Notes which open sessions of other nodes these replace, or that they are the replaced ones
   * themselves. Called after the states of their devices have been advanced.
   *
   * @param starts sessions that have begun
   */
  void noteTakeOvers(List<SessionChange> starts);

  /** How a session of a module or base station began; empty if that is not known. */
  default Optional<SessionChange.Start> start(long sessionId) {
    return opened(sessionId).map(SessionChange::start);
  }

  /** A session of a module or base station with how it began; empty if that is not known. */
  Optional<SessionChange> opened(long sessionId);

  /**
   * Sessions of a node that another one has replaced; each is named once.
   *
   * @param node name of the server
   */
  List<Long> takenOver(String node);
}
