/**
 * From packets of many sessions to transactions: lanes gather them, an endpoint delivery carries a
 * batch into the bean and learns whether it was committed. Runs on the server's work threads, one
 * batch a lane at a time. Imports wire and Jakarta connectors; knows no socket.
 */
package org.kvantenergo.adapter.delivery;
