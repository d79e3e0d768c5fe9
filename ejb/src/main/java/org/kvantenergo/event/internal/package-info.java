/**
 * Outbox, log and relay of events. Imported by {@code event} alone. The outbox runs in the caller's
 * transaction; the relay in its own, on threads of the server, one pass at a time in a node and one
 * node at a time in a cluster.
 */
package org.kvantenergo.event.internal;
