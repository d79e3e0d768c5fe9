/**
 * Sockets and sessions. A session is driven by its channel's event loop alone; {@link
 * org.kvantenergo.adapter.net.SessionProtocol} decides, {@link
 * org.kvantenergo.adapter.net.SessionHandler} moves bytes and timers. Imports wire and Netty.
 */
package org.kvantenergo.adapter.net;
