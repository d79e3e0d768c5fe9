/**
 * {@code mvn -Pbench}: the loads of docs/performance.md and their bare limits, measured in turn on
 * one machine, and the figures written to docs. Runs inside Maven's own JVM; nothing imports it.
 * One thread, but for those that read what programs print.
 */
package org.kvantenergo.launcher.bench;
