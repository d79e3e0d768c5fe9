package org.kvantenergo.shared;

import java.util.Set;

/**
 * Who asks for a change. A method that changes something for a person takes one and begins with
 * {@link #require}.
 *
 * @param accountId the account
 * @param login its login
 * @param address from where, as the server sees it; empty if unknown
 * @param scope whose rows may be touched
 * @param permissions what may be done to them
 */
public record Caller(
    long accountId, String login, String address, Scope scope, Set<Permission> permissions) {

  /** Keeps its own set. */
  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /**
   * Goes on only with a permission.
   *
   * @throws NotPermittedException without it
   */
  public void require(Permission permission) {
    if (!permissions.contains(permission)) {
      throw new NotPermittedException(permission);
    }
  }
}
