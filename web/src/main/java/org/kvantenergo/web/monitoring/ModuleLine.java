package org.kvantenergo.web.monitoring;

import java.util.List;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Signal;
import org.kvantenergo.web.format.Status;

/**
 * A line of the upper table, ready to be shown; texts are empty where nothing is known.
 *
 * @param id «idx»
 * @param number place in the whole list, from 1
 * @param imei 15 digits
 * @param serial 12 digits
 * @param reading m³
 * @param readingFell whether it is smaller than the one before
 * @param resource %
 * @param received time of the packet; its tone says how long the device has been silent
 * @param module module's clock
 * @param moduleOff whether it was off by too much at the last contact
 * @param meter meter's clock
 * @param meterOff whether it was off by too much
 * @param masks the five error masks
 * @param temperature °C
 * @param battery V
 * @param rssi dBm
 * @param signal bars, null if not known
 * @param period min
 * @param band number
 * @param sessions since commissioning
 * @param sessionsDay in the past day
 * @param protocol version
 * @param model number
 * @param days in service
 * @param comment the operator's note
 * @param iccid digits
 * @param status word with its meaning, null if not known
 * @param idx with spaces
 * @param group name
 * @param swap for one that is not registered: whom it may have been swapped with; null if nobody
 * @param signs what needs attention
 * @param orders what commands say of it; null for who may not send them
 */
public record ModuleLine(
    long id,
    String number,
    Identifier imei,
    Identifier serial,
    String reading,
    boolean readingFell,
    String resource,
    Moment received,
    Moment module,
    boolean moduleOff,
    Moment meter,
    boolean meterOff,
    List<Mask> masks,
    String temperature,
    String battery,
    String rssi,
    Signal signal,
    String period,
    String band,
    String sessions,
    String sessionsDay,
    String protocol,
    String model,
    String days,
    String comment,
    String iccid,
    Status status,
    String idx,
    String group,
    Swap swap,
    Signs signs,
    Orders orders) {

  /**
   * Registered devices that one that is not registered says to be in part.
   *
   * @param unchecked it says to be one in every part, with a tag that cannot be checked
   * @param imei serial of who has its IMEI, empty if that is another owner's; null if nobody has
   * @param serial the same of its serial number: then its own, but another kind or IMEI
   */
  public record Swap(boolean unchecked, String imei, String serial) {}

  /**
   * What needs attention; each is a style class: «wa» look today, «da» act now, «op» open; empty =
   * quiet.
   *
   * @param silence longer than 2 or 6 of its own periods
   * @param errors any bit, or a hardware bit
   * @param battery below 3,40 or 3,20 V
   * @param mode technological
   */
  public record Signs(String silence, String errors, String battery, String mode) {}

  /**
   * What commands say of a device; texts say it in words.
   *
   * @param mode style class: «op» open; empty = quiet
   * @param forgotten whether it has been open for more than a day
   * @param modeText since when
   * @param alone whether it is open, and nothing is under way that will lock it
   * @param command style class: «cm» under way, «da» the newest came to nothing; empty = quiet
   * @param commandText how many, or why
   * @param underWay how many are
   */
  public record Orders(
      String mode,
      boolean forgotten,
      String modeText,
      boolean alone,
      String command,
      String commandText,
      long underWay) {}
}
