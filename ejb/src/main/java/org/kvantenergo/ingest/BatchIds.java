package org.kvantenergo.ingest;

/** Names for batches, unique over all nodes and restarts. */
public interface BatchIds {

  /** The next one. */
  long next();
}
