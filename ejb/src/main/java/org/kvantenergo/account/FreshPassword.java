package org.kvantenergo.account;

import java.util.Optional;
import org.kvantenergo.shared.Caller;

/**
 * Asks a person who has signed in for the password once more, before something that weighs heavily.
 * Failures count like those to sign in: an open session is no way to guess. Steps out of the
 * caller's transaction.
 */
public interface FreshPassword {

  /**
   * What is wrong with what was typed. Who signs on by a provider alone has no password that could
   * be asked for, and nothing is wrong with what they type.
   *
   * @param typed wiped before the method returns
   * @return {@code WRONG} or {@code LOCKED}; empty if it is the password
   */
  Optional<PasswordFault> fault(Caller caller, char[] typed);
}
