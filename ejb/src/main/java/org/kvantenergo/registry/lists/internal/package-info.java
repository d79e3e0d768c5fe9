/** Files, the staging table, checks and their application. Imported by lists alone. */
package org.kvantenergo.registry.lists.internal;
