/**
 * A rehearsal after the start: sessions of our own go through the whole way of a packet, so that
 * the server's JIT knows it before the hour comes. Its looks run on the server's work threads, its
 * modules on one thread of their own. Imported by the activation alone.
 */
package org.kvantenergo.adapter.rehearsal;
