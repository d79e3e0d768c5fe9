package org.kvantenergo.launcher.bench;

/**
 * Processor time since the processes began, user and kernel; s.
 *
 * @param server of the server, or of what stands in its place
 * @param postgres of the postmaster and everything it started
 */
record Cpu(double server, double postgres) {

  Cpu minus(Cpu earlier) {
    return new Cpu(server - earlier.server, postgres - earlier.postgres);
  }
}
