package org.kvantenergo.registry.lists.internal;

/** The owner of a list does not want it any more: what was begun is taken back. */
final class GivenUpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GivenUpException() {
    super("given up");
  }
}
