/**
 * The registry and the current state in SQL. Imported by device alone; joins the caller's
 * transaction.
 */
package org.kvantenergo.device.internal;
