package org.kvantenergo.account;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.shared.Caller;

/** Accounts of people. */
public interface Accounts {

  /**
   * Checks a password; counts failures and locks the login after five in a row for 15 minutes. A
   * login that does not exist is counted and locked alike. Takes tens of milliseconds.
   *
   * @param login as typed; case and space around do not matter
   * @param password wiped before the method returns
   * @param address from where, for the audit
   */
  SignIn signIn(String login, char[] password, String address);

  /**
   * Finishes what {@link SignIn.CodeNeeded} began. Wrong codes count together with wrong passwords.
   *
   * @param code of the authenticator, or a recovery code; each counts once
   * @param address from where, for the audit
   */
  SignIn finish(String ticket, String code, String address);

  /** The viewer behind a login, empty if there is no such account or it is blocked. */
  Optional<Viewer> find(String login);

  /**
   * The viewers behind logins as they are stored, by login: without those that find is empty of.
   */
  Map<String, Viewer> find(Set<String> logins);

  /**
   * Changes one's own password and ends one's other sessions. A wrong present password counts as a
   * failure to sign in.
   *
   * @param current wiped before the method returns
   * @param fresh wiped before the method returns
   * @param token of the session that goes on
   * @return why it was not taken; empty if it was
   */
  Optional<PasswordFault> changePassword(Caller caller, char[] current, char[] fresh, String token);

  /** Remembers the language that a person chose. */
  void chooseLocale(long accountId, Locale locale);

  /**
   * Changes one's own language and time zone.
   *
   * @param zone as the IANA database names it
   */
  void changeSettings(Caller caller, Locale locale, ZoneId zone);

  /** Whether anybody can sign in at all; false right after an installation without a demo. */
  boolean any();
}
