package org.kvantenergo.web.registry;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Line;

/**
 * A line of the table of meters, ready to be shown.
 *
 * @param id the meter
 * @param number place in the whole list, from 1
 * @param address of its site, empty if it stands nowhere
 * @param building whether it is the meter of a whole house
 * @param place which one of several at the site
 * @param resource by name
 * @param type as on the plate
 * @param serial as on the plate
 * @param diameter mm, empty if not known
 * @param capacity of the register, empty if not known
 * @param installed when it was put there
 * @param due the day until which it must be verified
 * @param dueTone style class: red when that day has come, amber within 30 days, else empty
 * @param seals their numbers
 * @param module of the device; null if there is none
 * @param accounts numbers of the consumer accounts
 * @param holders names of the consumers
 */
public record MeterLine(
    long id,
    String number,
    String address,
    boolean building,
    String place,
    String resource,
    String type,
    String serial,
    String diameter,
    String capacity,
    Moment installed,
    String due,
    String dueTone,
    String seals,
    Identifier module,
    String accounts,
    String holders)
    implements Line {}
