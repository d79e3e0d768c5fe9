package org.kvantenergo.device;

import java.util.List;
import org.kvantenergo.shared.DeviceId;

/**
 * What became of the numbers that somebody looked for.
 *
 * @param found in the order in which they were asked for; of one number registered devices first
 * @param missing numbers of no device that the scope sees, in their order
 */
public record Located(List<Found> found, List<String> missing) {

  /** Most numbers of one search. */
  public static final int MOST = 10_000;

  /** Takes copies of its own. */
  public Located {
    found = List.copyOf(found);
    missing = List.copyOf(missing);
  }

  /**
   * A device that has the number.
   *
   * @param value as it was asked for
   * @param registered whether it is registered; else it only reports under that number
   */
  public record Found(DeviceId device, String value, boolean registered) {}
}
