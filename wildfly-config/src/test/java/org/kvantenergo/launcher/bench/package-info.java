/** The suite's sums, from recorded texts: nothing here runs a load. */
package org.kvantenergo.launcher.bench;
