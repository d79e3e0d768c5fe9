/**
 * What frames carry: one record a packet type, and the codec between payload bytes and records.
 * Pure: no socket, clock or log. Imports java.base only; everyone above may import it.
 */
package org.kvantenergo.wire.packet;
