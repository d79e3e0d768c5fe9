package org.kvantenergo.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/**
 * Sites that have coordinates, with the worst state of the modules that are fitted there and below
 * them, where nothing below has coordinates of its own.
 */
public interface SiteMap {

  /** No more marks than these are ever returned. */
  int MOST_MARKS = 500;

  /** How a module is, the least bad first. */
  enum State {
    /** Nothing fitted, or nothing heard of it yet. */
    UNKNOWN,
    /** Nothing to say. */
    OK,
    /** In the technological mode. */
    OPEN,
    /** Silent for more than two of its periods, an error bit, or a low battery: look today. */
    WARN,
    /** Silent for more than six of its periods, a hardware error, or an empty battery: act now. */
    DANGER
  }

  /**
   * A part of the map.
   *
   * @param south degrees, less than or equal to north
   * @param west degrees, less than or equal to east
   * @param north degrees
   * @param east degrees
   */
  record Box(double south, double west, double north, double east) {

    /** Cuts what lies beyond the map; a box without numbers is the whole map. */
    public Box {
      south = within(south, -85, -85, 85);
      north = Math.max(south, within(north, 85, -85, 85));
      west = within(west, -180, -180, 180);
      east = Math.max(west, within(east, 180, -180, 180));
    }

    private static double within(double value, double otherwise, double least, double most) {
      return Double.isNaN(value) ? otherwise : Math.max(least, Math.min(most, value));
    }
  }

  /**
   * Sites that are shown as one.
   *
   * @param latitude mean, degrees
   * @param longitude mean, degrees
   * @param sites how many with coordinates, 1 or more
   * @param meters that stand there
   * @param modules fitted to these
   * @param state the worst of them
   * @param one id of one of the sites: of the site, where it is one
   */
  record Mark(
      double latitude,
      double longitude,
      long sites,
      long meters,
      long modules,
      State state,
      SiteId one) {}

  /**
   * A meter at a site of the map.
   *
   * @param address of where it stands
   * @param place which one of several there; empty where there is one
   * @param type of the meter
   * @param serial of the meter
   * @param meter its id
   * @param device id of the device that is fitted to it; 0 = none, or none that the scope sees
   * @param number serial number of that device; 0 = none
   * @param state of that device
   */
  record Fitted(
      String address,
      String place,
      String type,
      String serial,
      MeterId meter,
      long device,
      long number,
      State state) {}

  /** The least box with all sites that have coordinates; empty if none has. */
  Optional<Box> bounds(Scope scope);

  /** What is in a box at a moment, gathered by a grid that does not move with the box. */
  List<Mark> marks(Scope scope, Box box, Instant at);

  /** The meters of a site of the map at a moment, the worst first; none of one that is not seen. */
  Page<Fitted> fitted(Scope scope, SiteId site, Instant at, Slice slice);
}
