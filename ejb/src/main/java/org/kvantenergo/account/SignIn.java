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
   * Login and password are right, and the account has a second factor: nobody is signed in yet.
   *
   * @param ticket for {@link Accounts#finish}; a secret of the server's session, good for 5 minutes
   */
  record CodeNeeded(String ticket) implements SignIn {}

  /** The password is a first one, right and too old: it opens nothing any more. */
  record Expired() implements SignIn {}

  /** The ticket is used, too old or void: the person begins with the password again. */
  record Lapsed() implements SignIn {}

  /**
   * Login, password or code is wrong; the same for a login that does not exist.
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
