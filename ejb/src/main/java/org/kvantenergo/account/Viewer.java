package org.kvantenergo.account;

import java.time.ZoneId;
import java.util.Locale;
import org.kvantenergo.shared.Scope;

/**
 * A person who has signed in.
 *
 * @param accountId the account
 * @param login what was typed
 * @param name as shown in the top bar, for example «Диспетчер 2»
 * @param role what the person may do
 * @param scope whose rows the person sees
 * @param locale ru or en
 * @param zone in which times are shown
 */
public record Viewer(
    long accountId, String login, String name, Role role, Scope scope, Locale locale, ZoneId zone) {

  /** What a person may do. Stored by name. */
  public enum Role {
    /** Everything. */
    ADMINISTRATOR,
    /** Watches and controls the fleet. */
    OPERATOR
  }
}
