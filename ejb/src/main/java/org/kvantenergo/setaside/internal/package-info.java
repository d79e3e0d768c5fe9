/** The table ingest_failed. Imported by setaside alone. */
package org.kvantenergo.setaside.internal;
