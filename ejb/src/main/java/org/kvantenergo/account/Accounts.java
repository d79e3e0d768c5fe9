package org.kvantenergo.account;

import java.util.Locale;
import java.util.Optional;

/** Accounts of people. */
public interface Accounts {

  /**
   * Checks a password; counts failures and locks the login after five in a row for 15 minutes. A
   * login that does not exist is counted and locked alike. Takes tens of milliseconds.
   *
   * @param login as typed; case and space around do not matter
   * @param password wiped before the method returns
   */
  SignIn signIn(String login, char[] password);

  /** The viewer behind a login, empty if there is no such account. */
  Optional<Viewer> find(String login);

  /** Remembers the language that a person chose. */
  void chooseLocale(long accountId, Locale locale);

  /** Whether anybody can sign in at all; false right after an installation without a demo. */
  boolean any();
}
