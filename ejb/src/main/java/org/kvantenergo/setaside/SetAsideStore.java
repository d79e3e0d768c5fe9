package org.kvantenergo.setaside;

import java.time.Instant;
import java.util.BitSet;
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

  /**
   * What became of a frame that was set aside and is stored now.
   *
   * @param batchId the batch that acknowledged it; 0 = not known
   * @param place in that batch
   * @param keptAt when it was set aside
   * @param storedAt when it was stored
   */
  record Delayed(long batchId, int place, Instant keptAt, Instant storedAt) {}

  /**
   * Keeps frames as they came; the first attempt is due after 10 s.
   *
   * @return which of them are new; the others wait already, byte for byte
   */
  BitSet keep(List<FailedFrame> frames);

  /** The frame that was stored with a batch of its own; empty if that batch is no such one. */
  Optional<Delayed> storedWith(long batchId);

  /** The frame that has been due longest and that no other node is at; empty if there is none. */
  Optional<Due> take();

  /**
   * It is stored now.
   *
   * @param batchId with which
   */
  void stored(long id, long batchId);

  /** It could not be stored again: the next attempt is due after 1 min, 10 min, 1 h, then a day. */
  void failedAgain(long id, String sqlState, String message);
}
