/**
 * The module's end of a TCP session: connections, frames there and answers back. Imported by {@code
 * simulator} and {@code simulator.cli}; imports {@code wire} and Netty. A conversation belongs to
 * one event loop, and its listener is called on that loop alone.
 */
package org.kvantenergo.simulator.net;
