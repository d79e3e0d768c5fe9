package org.kvantenergo.adapter.delivery;

/**
 * What became of a call into the bean.
 *
 * @param <R> what the bean returned
 */
public sealed interface Outcome<R> {

  /**
   * The transaction has reported STATUS_COMMITTED.
   *
   * @param result what the bean returned
   */
  record Committed<R>(R result) implements Outcome<R> {}

  /**
   * Nothing is certain to be stored.
   *
   * @param cause why, for the log
   */
  record Failed<R>(Throwable cause) implements Outcome<R> {}
}
