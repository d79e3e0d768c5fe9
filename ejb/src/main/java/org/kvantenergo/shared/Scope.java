package org.kvantenergo.shared;

/**
 * Whose rows a person or a token may see: those of an organisation and of all below it. Every query
 * made for one takes a scope and filters by it ({@link InScope}); there is no way to ask without.
 *
 * @param organisation the top of the part of the tree that is seen
 * @param everything whether it runs the installation: then all owners' rows are seen, and those
 *     that nobody owns
 */
public record Scope(OrganisationId organisation, boolean everything) {}
