/**
 * The registry of meters and places in SQL, each change in a transaction. Imported by registry
 * alone.
 */
package org.kvantenergo.registry.internal;
