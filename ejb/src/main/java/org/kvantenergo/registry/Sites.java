package org.kvantenergo.registry;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/**
 * The tree of addresses. What changes it asks for the permission REGISTER and throws {@link
 * RefusedException} for what cannot be.
 */
public interface Sites {

  /**
   * What a site says of itself.
   *
   * @param name of its own, 1..100 characters
   * @param zone in which its days begin
   * @param guid of the state's address register; null if not known
   * @param location where it is on the map; null if not known
   */
  record Facts(String name, ZoneId zone, UUID guid, Location location) {

    /** Of a site whose place on the map is not known. */
    public Facts(String name, ZoneId zone, UUID guid) {
      this(name, zone, guid, null);
    }
  }

  /**
   * The tree as far as it is unfolded: the tops, and what stands below each site that is opened.
   * Numbers are in the order in which people count: 2 before 10.
   */
  Page<Site> tree(Scope scope, Collection<SiteId> opened, Slice slice);

  /** The sites whose address has every word of a text in it, in the order of their addresses. */
  Page<Site> search(Scope scope, String text, Slice slice);

  /** One site; empty when there is none or the scope does not see it. */
  Optional<Site> find(Scope scope, SiteId site);

  /** The sites above one, from the top down; empty when the scope does not see it. */
  List<SiteId> above(Scope scope, SiteId site);

  /**
   * Adds a site.
   *
   * @param owner whose, if it is a top; below another site it has that one's owner
   * @param parent the site above it; null at the top
   */
  SiteId add(Caller caller, OrganisationId owner, SiteId parent, SiteKind kind, Facts facts);

  /**
   * Renames a site, moves it or corrects its facts; all below it goes with it.
   *
   * @param parent of the same owner, of a higher rank; null at the top
   * @param version as it was read; refused if somebody else changed it since
   */
  void change(Caller caller, SiteId site, SiteId parent, Facts facts, int version);

  /** Removes a site where nothing stands or ever stood, and that no site is below. */
  void remove(Caller caller, SiteId site);
}
