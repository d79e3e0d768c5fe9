package org.kvantenergo.web.registry;

import org.kvantenergo.web.grid.Line;

/**
 * A line of the tree of addresses, ready to be shown.
 *
 * @param id the site
 * @param number place in the whole list, from 1
 * @param depth how far it is moved in, 0..6
 * @param name of its own, with the word for what it is; in answers to a search the whole address
 * @param address from the top down
 * @param kind by name
 * @param zone IANA name
 * @param guid empty if not known
 * @param children how many stand right below it, empty if none
 * @param opened whether these are shown
 * @param location «latitude, longitude» of its own; empty if not known
 */
public record SiteLine(
    long id,
    String number,
    int depth,
    String name,
    String address,
    String kind,
    String zone,
    String guid,
    String children,
    boolean opened,
    String location)
    implements Line {

  /** Whether anything stands below it. */
  public boolean folder() {
    return !children.isEmpty();
  }
}
