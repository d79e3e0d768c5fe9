/** The archive in SQL. Imported by reading alone; joins the caller's transaction. */
package org.kvantenergo.reading.internal;
