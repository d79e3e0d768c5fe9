package org.kvantenergo.account;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;

/**
 * Roles: sets of permissions. A role of an organisation counts for its own people and for those of
 * organisations below it; a ready-made one counts for everybody and is only looked at. Each method
 * asks for {@code MANAGE_ROLES}. Nobody makes a role that allows what they may not, nor touches one
 * that does.
 */
public interface Roles {

  /**
   * A role as who has them in order sees it.
   *
   * @param id the role
   * @param ready whether it is a ready-made one, whose name is the key of a text
   * @param name its name
   * @param organisation whose it is; null for a ready-made one
   * @param organisationName its name; empty for a ready-made one
   * @param permissions what it allows
   * @param holders how many accounts of the caller's part of the tree have it
   * @param asks what it asks of who has it
   * @param open whether the caller may change it
   * @param adjustable whether the caller may change what it asks: also of a ready-made one, who
   *     runs the installation
   */
  record Held(
      long id,
      boolean ready,
      String name,
      OrganisationId organisation,
      String organisationName,
      Set<Permission> permissions,
      long holders,
      Asks asks,
      boolean open,
      boolean adjustable) {

    /** Keeps its own set. */
    public Held {
      permissions = Set.copyOf(permissions);
    }
  }

  /**
   * What a role asks of who has it, besides the password.
   *
   * @param secondFactor whether a second factor is demanded: who has none gets no further than
   *     where it is switched on
   * @param withoutSecondPassword whether «Технологический режим», if the role allows it, opens
   *     without the second password
   */
  record Asks(boolean secondFactor, boolean withoutSecondPassword) {}

  /**
   * What can be changed of a role.
   *
   * @param name 1..60 characters, once in its organisation
   * @param permissions what it shall allow; nothing that the caller may not
   */
  record Profile(String name, Set<Permission> permissions) {

    /** Keeps its own set. */
    public Profile {
      permissions = Set.copyOf(permissions);
    }
  }

  /** What became of a change. */
  enum Outcome {
    /** Done. */
    DONE,
    /** There is no such role or organisation for the caller. */
    UNKNOWN,
    /** The organisation has a role of that name. */
    NAME_TAKEN,
    /** The name is empty or too long. */
    MALFORMED,
    /** A ready-made role, or one that allows what the caller may not. */
    NOT_YOURS,
    /** Somebody has the role, so it cannot be removed. */
    HELD,
    /** «Технологический режим» would open without the second password, and the caller's is shut. */
    SHUT
  }

  /** The ready-made roles and those of the caller's part of the tree; at most 1000. */
  List<Held> list(Caller caller);

  /** One of them; empty if the caller does not see it. */
  Optional<Held> find(Caller caller, long id);

  /** Makes a role of an organisation within the caller's part of the tree. */
  Outcome add(Caller caller, OrganisationId organisation, Profile profile);

  /**
   * Changes name and permissions; counts from the next request of whoever has the role.
   *
   * @param token of the caller's session, for what {@link #ask} says
   */
  Outcome change(Caller caller, long id, Profile profile, String token);

  /**
   * Changes what a role asks; counts from the next request of whoever has it. Nobody opens
   * «Технологический режим» for others, or for themselves, without the second password who has not
   * opened it in this session.
   *
   * @param token of the caller's session
   */
  Outcome ask(Caller caller, long id, Asks asks, String token);

  /** Removes a role that nobody has. */
  Outcome remove(Caller caller, long id);
}
