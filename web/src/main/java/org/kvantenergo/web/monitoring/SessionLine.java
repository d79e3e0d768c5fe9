package org.kvantenergo.web.monitoring;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;

/**
 * A line of «Расширенная информация», ready to be shown; texts are empty where INFO did not come.
 *
 * @param id the session
 * @param number place in the whole list, from 1
 * @param received when INFO came
 * @param iccid digits
 * @param contractDay number
 * @param contractHour number
 * @param period min
 * @param access APN, login and password, with commas between them as the manual shows them; dots
 *     where there is something
 * @param secret whether there is something, which can be revealed
 * @param rssi dBm
 * @param errorCount failed sessions, and which share of all that is
 * @param serial 12 digits
 * @param odd whether a value is outside its range
 */
public record SessionLine(
    long id,
    String number,
    Moment received,
    String iccid,
    String contractDay,
    String contractHour,
    String period,
    String access,
    boolean secret,
    String rssi,
    String errorCount,
    Identifier serial,
    boolean odd) {

  /** Of no length that says anything. */
  static final String HIDDEN = "••••,••••,••••";
}
