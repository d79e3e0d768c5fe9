/**
 * Frames: where one begins and ends in a stream of bytes, and whether it is whole. Pure: no socket,
 * clock or log. Imports java.base only; everyone above may import it.
 */
package org.kvantenergo.wire.frame;
