package org.kvantenergo.health;

/**
 * Answers the checks once the node has started. Called on the server's threads, many at once; none
 * of these may take longer than a few seconds.
 */
public interface NodeHealth {

  /** Whether the database answers and takes writes. */
  Finding database();

  /** Whether the archive has its next month. */
  Finding partitions();

  /** Whether modules are taken. */
  Finding port();

  /** Whether the master key of this node is the one that the database's secrets are under. */
  Finding masterKey();

  /** Whether what modules send moves on. */
  Finding lanes();
}
