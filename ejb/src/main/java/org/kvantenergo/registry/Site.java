package org.kvantenergo.registry;

import java.time.ZoneId;
import java.util.UUID;

/**
 * A site as the registry has it.
 *
 * @param id which one
 * @param parent the one above it; null at the top
 * @param kind what it is
 * @param name of its own, without the word for what it is
 * @param address from the top down
 * @param zone in which its days begin
 * @param guid of the state's address register; null if not known
 * @param version counts changes, so that two people do not overwrite each other's
 * @param depth how many sites are above it, 0..6
 * @param children how many stand right below it
 * @param location of its own on the map; null if not known
 */
public record Site(
    SiteId id,
    SiteId parent,
    SiteKind kind,
    String name,
    String address,
    ZoneId zone,
    UUID guid,
    int version,
    int depth,
    long children,
    Location location) {}
