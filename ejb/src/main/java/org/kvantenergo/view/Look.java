package org.kvantenergo.view;

/**
 * How the table looks, in the page's own words: this feature keeps them and understands none.
 *
 * @param columns which are shown, in which order and how wide; at most 4000 characters
 * @param density height of the rows; at most 20
 * @param sorting by what, as in an address; at most 400
 * @param groups of which groups, as in an address; at most 4000
 * @param filter which devices, as in an address; at most 4000
 */
public record Look(String columns, String density, String sorting, String groups, String filter) {}
