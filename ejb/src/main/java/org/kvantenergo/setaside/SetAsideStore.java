package org.kvantenergo.setaside;

import java.util.List;
import java.util.Optional;

/** Keeps frames that were set aside until they are stored. */
public interface SetAsideStore {

  /**
   * A frame whose turn it is.
   *
   * @param id its row, locked until the end of the transaction
   * @param frame as it came
   * @param attempts how often it was tried again already
   */
  record Due(long id, FailedFrame frame, int attempts) {}

  /** Keeps frames as they came; the first attempt is due after 10 s. */
  void keep(List<FailedFrame> frames);

  /** The frame that has been due longest and that no other node is at; empty if there is none. */
  Optional<Due> take();

  /** It is stored now. */
  void stored(long id);

  /** It could not be stored again: the next attempt is due after 1 min, 10 min, 1 h, then a day. */
  void failedAgain(long id, String sqlState, String message);
}
