package org.kvantenergo.account;

import java.time.Instant;

/** The outcome of an attempt to sign in. */
public sealed interface SignIn {

  /**
   * Login and password are right.
   *
   * @param viewer who it is
   */
  record Accepted(Viewer viewer) implements SignIn {}

  /**
   * Login or password is wrong; the same for a login that does not exist.
   *
   * @param attemptsLeft attempts before the login is locked, 1 or more
   */
  record Refused(int attemptsLeft) implements SignIn {}

  /**
   * Too many failures; the password was not looked at.
   *
   * @param until when the next attempt is possible
   */
  record Locked(Instant until) implements SignIn {}
}
