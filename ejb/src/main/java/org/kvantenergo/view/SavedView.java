package org.kvantenergo.view;

/**
 * A look under a name.
 *
 * @param id of it
 * @param name 1..60 characters
 * @param shared whether others of its owner's organisation may open it
 * @param own whether it is the asker's
 * @param owner name of its owner
 * @param look the look
 */
public record SavedView(
    ViewId id, String name, boolean shared, boolean own, String owner, Look look) {}
