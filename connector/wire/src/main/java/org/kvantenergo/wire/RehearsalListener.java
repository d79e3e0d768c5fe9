package org.kvantenergo.wire;

/**
 * Implemented by a message-driven bean that does with packets all that the real one does, and keeps
 * nothing of it: for the adapter's rehearsal after the start. Every call is a transaction.
 */
public interface RehearsalListener extends PacketListener {

  /**
   * Makes ready; comes before any other call.
   *
   * @param modules how many will come, 1 or more: their IMEIs and serial numbers are 1, 2, …
   */
  void prepare(int modules);

  /** Takes away what {@link #prepare} made. */
  void finish();
}
