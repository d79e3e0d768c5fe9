package org.kvantenergo.adapter.net;

import java.time.Instant;

/**
 * Where a session comes from.
 *
 * @param address IP address of the peer
 * @param port TCP port of the peer
 * @param node name of this server
 * @param openedAt when the connection was accepted
 * @param full whether there is no room for it: the peer is told to come back
 */
record Origin(String address, int port, String node, Instant openedAt, boolean full) {}
