package org.kvantenergo.web.format;

/**
 * Signal strength as four bars.
 *
 * @param bars how many are filled, 1..4
 * @param tone style class: «w» weak, «d» hardly there, empty if good
 */
public record Signal(int bars, String tone) {

  /** From dBm: −72, −84, −94 and −102 are the steps. */
  public static Signal of(int rssi) {
    if (rssi >= -72) {
      return new Signal(4, "");
    }
    if (rssi >= -84) {
      return new Signal(3, "");
    }
    if (rssi >= -94) {
      return new Signal(2, "");
    }
    return new Signal(1, rssi >= -102 ? "w" : "d");
  }
}
