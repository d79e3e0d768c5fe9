package org.kvantenergo.event;

import java.util.List;

/** Where events are put in the transaction of what happened. */
public interface Outbox {

  /**
   * Puts events down, to be published after the caller's transaction has committed. One statement
   * for all of them; call it last in the transaction, so that the rows do not wait in it. Nothing
   * happens for an empty list.
   *
   * @throws jakarta.ejb.EJBTransactionRequiredException if the caller has no transaction
   */
  void append(List<? extends Event> events);
}
