package org.kvantenergo.shared;

/**
 * Whose rows a person or a token may see. Every query made for one takes a scope and filters by it;
 * there is no way to ask without.
 *
 * @param organisation the owner whose rows are seen
 * @param unregistered whether devices that nobody owns are seen too: only for people of the
 *     organisation that runs the installation
 */
public record Scope(OrganisationId organisation, boolean unregistered) {}
