package org.kvantenergo.simulator;

import java.util.concurrent.ThreadLocalRandom;

/** What goes wrong on the way, as the one who runs the simulation wishes. */
public interface Faults {

  /** Nothing goes wrong. */
  Faults NONE = shares(0, 0);

  /** Whether the acknowledgement of READINGS that just came is to be lost. */
  boolean losesAck();

  /** Whether READINGS that were just acknowledged are to be sent once more. */
  boolean repeats();

  /** Whether the session is to break off after the command that was just carried out. */
  default boolean dropsCommand() {
    return false;
  }

  /** Whether the session that just opened is to stop half-way in a frame. */
  default boolean stalls() {
    return false;
  }

  /**
   * Faults by chance.
   *
   * @param lostAcks 0..1, share of acknowledgements
   * @param repeats 0..1, share of acknowledged frames
   */
  static Faults shares(double lostAcks, double repeats) {
    return shares(lostAcks, repeats, 0, 0);
  }

  /**
   * Faults by chance.
   *
   * @param lostAcks 0..1, share of acknowledgements
   * @param repeats 0..1, share of acknowledged frames
   * @param droppedCommands 0..1, share of commands after which the session breaks off
   * @param stalls 0..1, share of sessions that stop half-way in a frame
   */
  static Faults shares(double lostAcks, double repeats, double droppedCommands, double stalls) {
    return new Faults() {
      @Override
      public boolean losesAck() {
        return happens(lostAcks);
      }

      @Override
      public boolean repeats() {
        return happens(repeats);
      }

      @Override
      public boolean dropsCommand() {
        return happens(droppedCommands);
      }

      @Override
      public boolean stalls() {
        return happens(stalls);
      }
    };
  }

  private static boolean happens(double share) {
    return share > 0 && ThreadLocalRandom.current().nextDouble() < share;
  }
}
