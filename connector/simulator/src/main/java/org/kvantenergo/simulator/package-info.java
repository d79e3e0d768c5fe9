/**
 * A fleet of telemetry modules as a library: replay of the recorded modules, live reports, fleets
 * with slots after the hour, load. Imported by {@code simulator.cli}, by tests and by the launcher;
 * never part of the EAR. A module's state is touched on one event loop alone; what is public says
 * so where it may be called from elsewhere.
 */
package org.kvantenergo.simulator;
