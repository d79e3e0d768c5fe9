/** {@code /metrics}, for monitoring systems. Imports metrics alone. */
package org.kvantenergo.web.metrics;
