package org.kvantenergo.device;

/**
 * How the upper table is sorted; ties go by idx.
 *
 * @param key what is compared; devices that lack it come last either way
 * @param ascending direction
 */
public record DeviceOrder(Key key, boolean ascending) {

  /** What can be sorted by: the manual's three. */
  public enum Key {
    /** Serial number. */
    SERIAL,
    /** Date of registration (days of work). */
    COMMISSIONED,
    /** Time of reception of the newest packet. */
    RECEIVED
  }
}
