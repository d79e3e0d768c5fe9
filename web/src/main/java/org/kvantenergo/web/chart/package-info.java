/** Charts of the chosen module: series as JSON for a script. Imports feature faces. */
package org.kvantenergo.web.chart;
