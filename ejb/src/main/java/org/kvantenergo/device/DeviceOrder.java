package org.kvantenergo.device;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the upper table is sorted: by the first key, within it by the second, and so on; ties go by
 * idx. Devices that lack what is compared (a number that is none, NaN, an empty text) come last
 * either way.
 *
 * @param keys 1..{@value #MOST_KEYS}, none of them twice
 */
public record DeviceOrder(List<By> keys) {

  /** Most keys. */
  public static final int MOST_KEYS = 8;

  /** How the table is sorted at first. */
  public static final DeviceOrder SERIAL = new DeviceOrder(Key.SERIAL, true);

  /** What can be sorted by. Names stand in links and saved views. */
  public enum Key {
    /** 15 digits; 0 is none. */
    IMEI,
    /** Serial number. */
    SERIAL,
    /** The newest valid reading. */
    READING,
    /** %. */
    RESOURCE,
    /** Time of reception of the newest packet. */
    RECEIVED,
    /** The module's clock in it. */
    MODULE_TIME,
    /** The meter's clock in it. */
    METER_TIME,
    /** Mask as a number. */
    MEASUREMENT_ERRORS,
    /** Mask as a number. */
    TEMPERATURE_ERRORS,
    /** Mask as a number. */
    CONTROL_ERRORS,
    /** Mask as a number. */
    CALIBRATION_ERRORS,
    /** Mask as a number. */
    HARDWARE_ERRORS,
    /** °C. */
    TEMPERATURE,
    /** V. */
    BATTERY,
    /** dBm. */
    RSSI,
    /** Exchange period. */
    PERIOD,
    /** Number of the band; 0 is none. */
    BAND,
    /** Sessions since commissioning. */
    SESSIONS,
    /** Sessions of the past day. */
    SESSIONS_DAY,
    /** Version of the protocol. */
    PROTOCOL,
    /** Number of the model. */
    MODEL,
    /** Whole days from commissioning to the last contact. */
    DAYS,
    /** Date of registration. */
    COMMISSIONED,
    /** The operator's note. */
    COMMENT,
    /** Digits of the SIM. */
    ICCID,
    /** Status word as a number. */
    STATUS,
    /** «idx». */
    IDX,
    /** Name of the group. */
    GROUP
  }

  /**
   * One key.
   *
   * @param ascending direction
   */
  public record By(Key key, boolean ascending) {}

  /** Takes a copy of its own. */
  public DeviceOrder {
    keys = List.copyOf(keys);
    Set<Key> once = EnumSet.noneOf(Key.class);
    keys.forEach(by -> once.add(by.key));
    if (keys.isEmpty() || keys.size() > MOST_KEYS || once.size() < keys.size()) {
      throw new IllegalArgumentException("keys " + keys);
    }
  }

  /** By one key. */
  public DeviceOrder(Key key, boolean ascending) {
    this(List.of(new By(key, ascending)));
  }

  /** The first key. */
  public Key key() {
    return keys.get(0).key;
  }

  /** Direction of the first key. */
  public boolean ascending() {
    return keys.get(0).ascending;
  }

  /** As it stands in links: {@code RECEIVED-,SERIAL}; a minus is descending. */
  public String text() {
    return keys.stream()
        .map(by -> by.ascending ? by.key.name() : by.key.name() + "-")
        .collect(Collectors.joining(","));
  }

  /**
   * From {@link #text}.
   *
   * @throws BadFilterException if it is none
   */
  public static DeviceOrder parse(String text) {
    String[] terms = text.split(",", -1);
    if (terms.length > MOST_KEYS) {
      throw new BadFilterException(text, BadFilterException.Reason.TOO_MANY);
    }
    List<By> keys = new ArrayList<>();
    for (String term : terms) {
      boolean ascending = !term.endsWith("-");
      String name = ascending ? term : term.substring(0, term.length() - 1);
      try {
        Key key = Key.valueOf(name.toUpperCase(Locale.ROOT));
        if (keys.stream().anyMatch(by -> by.key == key)) {
          throw new BadFilterException(term, BadFilterException.Reason.VALUE);
        }
        keys.add(new By(key, ascending));
      } catch (BadFilterException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new BadFilterException(term, BadFilterException.Reason.NAME);
      }
    }
    return new DeviceOrder(keys);
  }
}
