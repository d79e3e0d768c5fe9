/**
 * The resource adapter: what the server starts, configures and stops. Imports wire, Jakarta
 * connectors and Netty; nobody imports it. Life-cycle calls come on the server's threads, one at a
 * time.
 */
package org.kvantenergo.adapter;
