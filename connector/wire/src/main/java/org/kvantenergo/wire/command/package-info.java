/**
 * What a device can be told to do: one record a command, and the codec between a COMMAND's code and
 * arguments and these records. Pure: no socket, clock or log. Imports java.base only; everyone
 * above may import it.
 */
package org.kvantenergo.wire.command;
