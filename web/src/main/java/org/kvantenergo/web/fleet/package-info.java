/**
 * The fleet panel, and what the first page shows of it: figures, bars, and links into the filtered
 * upper table. Imports feature faces.
 */
package org.kvantenergo.web.fleet;
