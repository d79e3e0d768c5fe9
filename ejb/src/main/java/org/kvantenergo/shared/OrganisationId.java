package org.kvantenergo.shared;

/**
 * The owner of devices, groups and accounts.
 *
 * @param value 1 or more
 */
public record OrganisationId(long value) {}
