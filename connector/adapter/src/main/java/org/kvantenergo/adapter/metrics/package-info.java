/**
 * What the adapter counts and times, under the names that docs/operations.md lists. Imports wire;
 * imported by the rest of the adapter. Safe for any thread; a count costs some nanoseconds.
 */
package org.kvantenergo.adapter.metrics;
