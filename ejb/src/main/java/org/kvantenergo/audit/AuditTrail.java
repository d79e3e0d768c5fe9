package org.kvantenergo.audit;

import java.util.Map;
import org.kvantenergo.shared.Caller;

/**
 * Takes down what people do. Never passwords, keys or codes, and nothing that they were made of.
 */
public interface AuditTrail {

  /**
   * Notes what a person did, in the caller's transaction: call it last.
   *
   * @param object what it was done to; empty = nothing in particular
   * @param before what was so before; empty if nothing was
   * @param after what is so now
   */
  void note(
      Caller caller,
      AuditAction action,
      String object,
      Map<String, String> before,
      Map<String, String> after);

  /** Notes what a person did that changed nothing which could be named. */
  default void note(Caller caller, AuditAction action, String object) {
    note(caller, action, object, Map.of(), Map.of());
  }

  /**
   * Notes what somebody did who has not signed in, in a transaction of its own.
   *
   * @param login of an existing account; empty for one that does not exist, because people type
   *     passwords into that field
   */
  default void noteStranger(String login, String address, AuditAction action) {
    noteStranger(login, address, action, Map.of());
  }

  /** The same, with what else is known of it. */
  void noteStranger(String login, String address, AuditAction action, Map<String, String> after);
}
