/**
 * Where packets enter: the message-driven bean and the one service that stores a batch. Imports
 * wire and all feature faces; nobody imports it. Runs in the transaction of the delivery.
 */
package org.kvantenergo.ingest;
