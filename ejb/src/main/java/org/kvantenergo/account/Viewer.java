package org.kvantenergo.account;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

/**
 * A person who has signed in.
 *
 * @param accountId the account
 * @param login what was typed
 * @param name as shown in the top bar, for example «Диспетчер 2»
 * @param scope whose rows the person sees
 * @param permissions what the person may do with them
 * @param locale ru or en
 * @param zone in which times are shown
 * @param mustChange whether the password is a first one, which opens nothing but its own change
 * @param mustEnrol whether a role demands a second factor and there is none: nothing else opens
 * @param secondPassword whether «Технологический режим» asks for the second password
 */
public record Viewer(
    long accountId,
    String login,
    String name,
    Scope scope,
    Set<Permission> permissions,
    Locale locale,
    ZoneId zone,
    boolean mustChange,
    boolean mustEnrol,
    boolean secondPassword) {

  /** Keeps its own set. */
  public Viewer {
    permissions = Set.copyOf(permissions);
  }

  /**
   * The same person, for whom a provider vouched: the password, first or not, is no matter.
   *
   * @param wholly whether it vouched for a second factor too
   */
  public Viewer byProvider(boolean wholly) {
    boolean enrol = mustEnrol && !wholly;
    return new Viewer(
        accountId, login, name, scope, permissions, locale, zone, false, enrol, secondPassword);
  }

  /** Whether the person may do something. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /**
   * The person as who asks for a change.
   *
   * @param address from where; empty if unknown
   */
  public Caller caller(String address) {
    return new Caller(accountId, login, address, scope, permissions);
  }
}
