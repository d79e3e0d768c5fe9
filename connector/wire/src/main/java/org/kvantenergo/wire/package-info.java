/**
 * The contract between the resource adapter and the bean that stores packets. Calls come on the
 * server's work threads, several at a time, each inside a transaction of its own.
 */
package org.kvantenergo.wire;
