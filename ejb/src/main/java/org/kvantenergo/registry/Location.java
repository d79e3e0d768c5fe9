package org.kvantenergo.registry;

/**
 * A point of the earth, WGS 84.
 *
 * @param latitude degrees, −85..85: as far as the projection of web maps goes
 * @param longitude degrees, −180..180
 */
public record Location(double latitude, double longitude) {

  private static final double NORTH = 85;
  private static final double EAST = 180;

  /** Checks the ranges. */
  public Location {
    if (!(Math.abs(latitude) <= NORTH) || !(Math.abs(longitude) <= EAST)) {
      throw new IllegalArgumentException(latitude + ", " + longitude + " is not on the map");
    }
  }
}
