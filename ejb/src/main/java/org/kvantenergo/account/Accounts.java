package org.kvantenergo.account;

import java.util.Locale;
import java.util.Optional;

/** Accounts of people. */
public interface Accounts {

  /** Checks a password; counts failures and locks after five for 15 minutes. */
  SignIn signIn(String login, char[] password);

  /** The viewer behind a login, empty if there is no such account. */
  Optional<Viewer> find(String login);

  /** Remembers the language that a person chose. */
  void chooseLocale(long accountId, Locale locale);

  /** Whether anybody can sign in at all; false right after an installation without a demo. */
  boolean any();
}
