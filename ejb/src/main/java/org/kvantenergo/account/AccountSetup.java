package org.kvantenergo.account;

import org.kvantenergo.shared.OrganisationId;

/**
 * The first accounts of an installation. Called while the application starts, by several nodes at
 * once if need be.
 */
public interface AccountSetup {

  /** Shortest password that an account may get, in characters. */
  int MIN_PASSWORD_LENGTH = 12;

  /**
   * Creates the account {@code admin} and, where there is none yet, the organisation that runs the
   * installation. Does nothing when any account exists. A password that is too short is refused
   * with message KVANT-2501; the installation then starts without accounts.
   *
   * @param password wiped before the method returns
   * @return whether the account was created
   */
  boolean createFirstAdministrator(char[] password);

  /** Opens the utility's list of breached passwords, if it has brought one. */
  void openBreachedPasswords();

  /**
   * Creates the demo's accounts {@code dispatcher2} and {@code admin}, whose passwords stand in the
   * README; ready-made roles ask them for no second password. Leaves what exists as it is.
   */
  void createDemoAccounts(OrganisationId organisation);
}
