package org.kvantenergo.account;

import java.time.Instant;
import java.util.Optional;
import org.kvantenergo.shared.Caller;

/**
 * «Технологический режим»: what in it changes modules stands behind a second password, which the
 * session gives once and again after it was not used for a time. Each method asks for {@code
 * TECHNOLOGICAL_MODE}. Whether the mode is open stands in the session's row, so all nodes agree.
 */
public interface TechnologicalMode {

  /** How the mode stands for a session. */
  enum Door {
    /** Open: the second password was given and the mode used since. */
    OPEN,
    /** Shut: the second password is asked for. */
    SHUT,
    /** Shut, and the second password was wrong too often. */
    LOCKED,
    /** Shut, and there is no second password yet. */
    UNSET,
    /** Open always: a role of the person asks for no second password. */
    FREE
  }

  /**
   * How the mode stands.
   *
   * @param door for this session
   * @param until when an open one shuts, unless it is used before, or when the next attempt at a
   *     locked one is possible; null for the others
   * @param set whether the person has a second password
   */
  record State(Door door, Instant until, boolean set) {}

  /** The outcome of an attempt to enter. */
  sealed interface Entry {

    /**
     * The mode is open.
     *
     * @param until when it shuts, unless it is used before
     */
    record Entered(Instant until) implements Entry {}

    /**
     * The second password is wrong.
     *
     * @param attemptsLeft attempts before the mode is locked, 1 or more
     */
    record Refused(int attemptsLeft) implements Entry {}

    /**
     * Too many failures; the second password was not looked at.
     *
     * @param until when the next attempt is possible
     */
    record Locked(Instant until) implements Entry {}

    /** There is no second password yet. */
    record Unset() implements Entry {}
  }

  /** How the mode stands; looking does not count as using. */
  State state(Caller caller, String token);

  /**
   * Opens the mode for a session. Failures are counted apart from those to sign in; five in a row
   * lock it for 15 minutes.
   *
   * @param password wiped before the method returns
   * @param token of the session
   */
  Entry enter(Caller caller, char[] password, String token);

  /**
   * Whether the mode is open for a session. Features of the mode ask this before they act.
   *
   * @param using whether a person does something in it just now, which keeps it open
   */
  boolean entered(Caller caller, String token, boolean using);

  /** Shuts the mode for a session. */
  void leave(Caller caller, String token);

  /**
   * Sets the second password; the mode shuts in every session of the person.
   *
   * @param signIn the password for signing in; wiped before the method returns
   * @param current the second password that is to be replaced, if there is one; wiped too
   * @param fresh wiped too; must be another than for signing in
   * @return why it was not taken; empty if it was
   */
  Optional<PasswordFault> choosePassword(
      Caller caller, char[] signIn, char[] current, char[] fresh);
}
