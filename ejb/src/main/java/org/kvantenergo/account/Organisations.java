package org.kvantenergo.account;

import java.util.List;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;

/**
 * The tree of organisations. Changes ask for {@code MANAGE_ORGANISATIONS} and reach what stands
 * below the caller's own organisation, not that one itself.
 */
public interface Organisations {

  /** What an organisation is. Stored by name. */
  enum Kind {
    /** Runs the installation. */
    OPERATOR,
    /** Supplies water, heat, gas or electricity. */
    SUPPLIER,
    /** Manages houses. */
    MANAGEMENT_COMPANY,
    /** ТСЖ: the owners of a house. */
    HOMEOWNERS,
    /** СНТ: the owners of gardens and their houses. */
    GARDENERS
  }

  /**
   * An organisation.
   *
   * @param id its id
   * @param name its name
   * @param kind what it is
   * @param parent below which it stands; null for the scope's own
   * @param depth how far below the scope's own it stands; 0 = that one
   */
  record Organisation(
      OrganisationId id, String name, Kind kind, OrganisationId parent, int depth) {}

  /**
   * What can be changed of an organisation.
   *
   * @param name 1..100 characters, once below its parent
   * @param kind not {@code OPERATOR}: there is one
   * @param parent below which it shall stand; the caller's own or one below it
   */
  record Profile(String name, Kind kind, OrganisationId parent) {}

  /** What became of a change. */
  enum Outcome {
    /** Done. */
    DONE,
    /** There is no such organisation for the caller. */
    UNKNOWN,
    /** Another one below the same parent has that name. */
    NAME_TAKEN,
    /** The name is empty or too long, or the kind is not to be had. */
    MALFORMED,
    /** The caller's own organisation. */
    NOT_YOURS,
    /** It would stand below itself. */
    CIRCLE
  }

  /** The scope's part of the tree, each organisation above those below it; at most 1000. */
  List<Organisation> list(Scope scope);

  /** Makes an organisation. */
  Outcome add(Caller caller, Profile profile);

  /**
   * Changes name, kind and place. With the place changes who sees what the organisation and those
   * below it own, and which roles count for their people, at once.
   */
  Outcome change(Caller caller, OrganisationId id, Profile profile);
}
