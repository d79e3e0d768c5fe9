package org.kvantenergo.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Slice;

/**
 * Accounts of other people, within the caller's part of the tree. Each method asks for {@code
 * MANAGE_USERS}. Nobody gives away or takes over what they do not have: accounts and roles that may
 * more than the caller are seen and not touched.
 */
public interface Users {

  /**
   * An account as others see it.
   *
   * @param id the account
   * @param login its login
   * @param name of the person
   * @param organisation to which it belongs
   * @param organisationName its name
   * @param roles ids of its roles
   * @param blockedAt null = not blocked
   * @param mustChange whether the password is a first one
   * @param firstUntil until when a first password opens anything; null: it is the person's own
   * @param signedInAt when somebody last signed in with it; null = never
   * @param seenAt when it was last used in a session that is open; null if none is
   * @param secondFactor whether codes are asked for at sign-in
   * @param secondPassword whether a second password for «Технологический режим» is set
   * @param mightier whether it may what the caller may not
   */
  record User(
      long id,
      String login,
      String name,
      OrganisationId organisation,
      String organisationName,
      List<Long> roles,
      Instant blockedAt,
      boolean mustChange,
      Instant firstUntil,
      Instant signedInAt,
      Instant seenAt,
      boolean secondFactor,
      boolean secondPassword,
      boolean mightier) {}

  /**
   * A role that can be given.
   *
   * @param id the role
   * @param ready whether it is a ready-made one, whose name is the key of a text
   * @param name its name
   * @param permissions what it allows
   */
  record Role(long id, boolean ready, String name, Set<Permission> permissions) {}

  /**
   * What can be changed of an account.
   *
   * @param name 1..100 characters
   * @param organisation within the caller's part of the tree
   * @param roles ids of roles that allow nothing that the caller may not
   */
  record Profile(String name, OrganisationId organisation, List<Long> roles) {}

  /** What became of a change. */
  enum Outcome {
    /** Done. */
    DONE,
    /** There is no such account, organisation or role for the caller. */
    UNKNOWN,
    /** Somebody has that login. */
    LOGIN_TAKEN,
    /** Login or name is empty or too long, or the login has signs that none may have. */
    MALFORMED,
    /** One's own account, or one that may more than the caller; or such a role. */
    NOT_YOURS,
    /** A role belongs to an organisation that the account's does not stand below. */
    ELSEWHERE
  }

  /**
   * A change that may have made a first password.
   *
   * @param outcome what became of it
   * @param password shown once to the caller; empty if none was made
   * @param until when that password expires; null if none was made
   */
  record Result(Outcome outcome, String password, Instant until) {}

  /** Accounts by login; text is looked for in login and name. */
  Page<User> list(Caller caller, String text, Slice slice);

  /** One account; empty if the caller does not see it. */
  Optional<User> find(Caller caller, long id);

  /** Roles that the caller may give: also those that organisations above have made. */
  List<Role> roles(Caller caller);

  /**
   * Makes an account with a first password, which must be changed at once and opens nothing after
   * some days.
   */
  Result add(Caller caller, String login, Profile profile);

  /** Changes name, organisation and roles. */
  Result change(Caller caller, long id, Profile profile);

  /** Gives a first password anew and ends the account's sessions. */
  Result resetPassword(Caller caller, long id);

  /** Takes the second factor away, for who has lost it, and ends the account's sessions. */
  Result resetFactor(Caller caller, long id);

  /** Takes the second password away, for who has forgotten it, and ends the account's sessions. */
  Result resetSecondPassword(Caller caller, long id);

  /** Where an account is signed in, the last used first; empty if the caller does not see it. */
  List<Sessions.Open> sessions(Caller caller, long id);

  /**
   * Ends a session of an account.
   *
   * @param session its id; 0 = all of them
   */
  Result endSession(Caller caller, long id, long session);

  /** Blocks an account and ends its sessions, or takes the block away. */
  Result block(Caller caller, long id, boolean blocked);
}
