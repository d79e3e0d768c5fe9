package org.kvantenergo.account.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.kvantenergo.shared.Permission;

/**
 * What an account's roles allow together, and what they ask of it besides the password.
 *
 * @param permissions what they allow
 * @param demandsSecondFactor whether a role demands a second factor
 * @param hasSecondFactor whether one is on
 * @param withoutSecondPassword whether a role that allows «Технологический режим» opens it without
 *     the second password
 */
record Rights(
    Set<Permission> permissions,
    boolean demandsSecondFactor,
    boolean hasSecondFactor,
    boolean withoutSecondPassword) {

  /** Keeps its own set. */
  Rights {
    permissions = Set.copyOf(permissions);
  }

  /** Whether a second factor is owed. */
  boolean mustEnrol() {
    return demandsSecondFactor && !hasSecondFactor;
  }

  /** Whether «Технологический режим» asks for the second password. */
  boolean asksSecondPassword() {
    return permissions.contains(Permission.TECHNOLOGICAL_MODE) && !withoutSecondPassword;
  }

  /** The permissions that this program knows: a newer program's is none of this one's. */
  static Set<Permission> known(Collection<String> names) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    Arrays.stream(Permission.values())
        .filter(permission -> names.contains(permission.name()))
        .forEach(permissions::add);
    return permissions;
  }
}
