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

  /**
   * Faults by chance.
   *
   * @param lostAcks 0..1, share of acknowledgements
   * @param repeats 0..1, share of acknowledged frames
   */
  static Faults shares(double lostAcks, double repeats) {
    return new Faults() {
      @Override
      public boolean losesAck() {
        return lostAcks > 0 && ThreadLocalRandom.current().nextDouble() < lostAcks;
      }

      @Override
      public boolean repeats() {
        return repeats > 0 && ThreadLocalRandom.current().nextDouble() < repeats;
      }
    };
  }
}
