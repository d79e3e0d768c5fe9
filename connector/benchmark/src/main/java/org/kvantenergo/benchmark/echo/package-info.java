/**
 * The limit of the network: answers modules over the transport and with the options of the adapter,
 * and does nothing else. A session lives on the event loop of its channel.
 */
package org.kvantenergo.benchmark.echo;
