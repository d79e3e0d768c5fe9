package org.kvantenergo.ingest;

/**
 * Empty tables of the same names in front of the real ones, for a rehearsal of this node. Each call
 * joins the caller's transaction.
 */
public interface RehearsalTables {

  /** Makes them, empty; those that a node that died has left go first. */
  void make();

  /**
   * Puts them in front: what this transaction does from here on, to its end, finds them and nothing
   * else. Whatever becomes of the transaction, the next one of its connection finds the real ones.
   *
   * @throws IllegalStateException if they are not in front now; nothing may be stored then
   */
  void enter();

  /** Drops them. */
  void drop();
}
