package org.kvantenergo.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.shared.DeviceId;

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
   * What a session was told at its HELLO.
   *
   * @param accepted whether its device was registered, and not blocked
   * @param counter u32, its session counter; null if its frames are not checked by a key
   */
  record Agreed(boolean accepted, Long counter) {}

  /**
   * A session that has begun, and the device's newest ones as they are then.
   *
   * @param id of the session
   * @param device whose
   * @param node name of the server that has it
   * @param openedAt when
   * @param newest id of the device's newest session: this one, or one that replaced it already
   * @param previous id of the newest one before that; 0 = none
   * @param agreed what holds in it
   */
  record Begun(
      long id,
      DeviceId device,
      String node,
      Instant openedAt,
      long newest,
      long previous,
      Agreed agreed) {}

  /**
   * Notes which open sessions of other nodes these replace, or that they are over themselves: a
   * newer one came first, or what was agreed holds no more, as the device was blocked, taken out or
   * given another key in between. Ends those of the same node that nobody ended.
   *
   * @param starts sessions that have begun, {@link #record recorded} and the states of their
   *     devices advanced before
   */
  void noteTakeOvers(List<Begun> starts);

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
