package org.kvantenergo.web.monitoring;

import java.util.ArrayList;
import java.util.List;

/**
 * One error mask.
 *
 * @param value u16, 0 = no error
 * @param hardware whether a bit of it means that the device is broken
 */
public record Mask(int value, boolean hardware) {

  /** The numbers of the bits that are set. */
  public List<Integer> bits() {
    List<Integer> bits = new ArrayList<>();
    for (int bit = 0; bit < Short.SIZE; bit++) {
      if ((value & 1 << bit) != 0) {
        bits.add(bit);
      }
    }
    return bits;
  }

  /** Style class of the chip, empty for 0. */
  public String tone() {
    return value == 0 ? "" : hardware ? "da" : "wa";
  }
}
