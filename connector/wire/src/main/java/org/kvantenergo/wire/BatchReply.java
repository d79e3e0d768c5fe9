package org.kvantenergo.wire;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param batchId unique over all nodes and restarts; 0 = the batch held nothing that is promised
 * @param replies one a delivery, in the order of the batch
 */
public record BatchReply(long batchId, List<Reply> replies) {

  /** Takes its own copy of the list. */
  public BatchReply {
    replies = List.copyOf(replies);
  }
}
