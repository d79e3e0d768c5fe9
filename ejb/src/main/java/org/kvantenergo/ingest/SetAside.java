package org.kvantenergo.ingest;

import org.kvantenergo.wire.Delivery;

/**
 * A frame that the database refused.
 *
 * @param delivery the frame and its session
 * @param sqlState five characters
 * @param message what the database said
 */
public record SetAside(Delivery delivery, String sqlState, String message) {}
