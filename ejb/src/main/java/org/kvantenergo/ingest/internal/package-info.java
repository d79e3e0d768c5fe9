/**
 * What the ingest itself keeps in SQL. Imported by ingest alone; joins the caller's transaction.
 */
package org.kvantenergo.ingest.internal;
