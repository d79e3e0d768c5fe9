package org.kvantenergo.simulator.cli;

import org.kvantenergo.simulator.BadManners;
import picocli.CommandLine.Option;

/** Guests that misbehave beside the fleet. */
final class MannerOptions {

  @Option(
      names = "--stall",
      paramLabel = "SHARE",
      description = "Share (0..1) of sessions that stop half-way in a frame.")
  double stall;

  @Option(
      names = "--garbage",
      paramLabel = "N",
      description = "So many guests that send random bytes, again and again.")
  private int garbage;

  @Option(
      names = "--flood",
      paramLabel = "N",
      description = "So many guests that send READINGS without waiting for any ACK.")
  private int flood;

  @Option(
      names = "--slow-loris",
      paramLabel = "N",
      description = "So many guests that send a HELLO, a byte a second.")
  private int slowLoris;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description = "So many guests that say HELLO and nothing more.")
  private int idle;

  /**
   * The guests.
   *
   * @param first number of the first module of the fleet that they pass themselves off as
   */
  BadManners.Plan plan(int first) {
    return new BadManners.Plan(garbage, flood, slowLoris, idle, first);
  }

  boolean wrong() {
    return garbage < 0 || flood < 0 || slowLoris < 0 || idle < 0;
  }
}
