/** The Prometheus registry and what is asked of the database now and then. */
package org.kvantenergo.metrics.internal;
