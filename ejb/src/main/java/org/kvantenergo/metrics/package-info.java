/**
 * The meters of the whole application as text. Imports shared; the web hands the text out. Meters
 * themselves need no face: whoever counts uses Micrometer's global registry (docs/adr/0060).
 */
package org.kvantenergo.metrics;
