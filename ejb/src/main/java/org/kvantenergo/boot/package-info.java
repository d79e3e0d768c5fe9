/**
 * The order in which the application starts: schema, partitions, first accounts and devices, ready.
 * Imports all feature faces; ingest alone asks it whether the start is over.
 */
package org.kvantenergo.boot;
