package org.kvantenergo.wire;

import java.util.List;

/**
 * Implemented by the message-driven bean, called by the resource adapter. Every call is a
 * transaction. A failure is a runtime exception and nothing of the call is kept; a refusal is a
 * value. The adapter answers a module only when the transaction has reported STATUS_COMMITTED.
 */
public interface PacketListener {

  /**
   * Whether the application is ready to take packets: schema migrated, partitions made, registry
   * loaded. The adapter opens the module port after the first true. May block while the application
   * starts.
   */
  boolean ready();

  /**
   * Decides on HELLOs.
   *
   * @param requests at least one
   * @return one admission a request, in the same order
   */
  List<Admission> admit(List<SessionRequest> requests);

  /** Stores a batch. */
  BatchReply deliver(PacketBatch batch);

  /**
   * Notes when ACKs went out. Nobody waits for it, and a server that dies may lose it.
   *
   * @param receipts at least one
   */
  void acknowledged(List<AckReceipt> receipts);

  /**
   * Sessions of this node whose device has a newer session on another one since the last question:
   * the adapter closes them.
   *
   * @param node name of this server
   * @return their ids
   */
  List<Long> takenOver(String node);
}
