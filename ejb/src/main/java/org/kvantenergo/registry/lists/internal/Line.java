package org.kvantenergo.registry.lists.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;

/**
 * A line of the form, cell by cell; null where nothing stands.
 *
 * @param number line of the file
 * @param names of the sites from country to flat, seven
 * @param addresses down to each of them, seven
 * @param address of the last site that is named
 * @param zone IANA name
 * @param guid of that site
 * @param resource by name
 * @param place which one of several at the site; empty where an address is named and nothing else
 * @param type of the meter
 * @param serial of the meter
 * @param capacity of the register
 * @param diameter mm
 * @param installed local time of the site
 * @param firstReading what it showed when it was put there
 * @param lastReading what the one showed that it took the place of
 * @param verified day
 * @param due day
 * @param seals numbers with commas between them
 * @param module serial number
 * @param fitted local time of the site
 * @param account number
 * @param holder name
 * @param since day
 * @param bad whether a cell of it cannot be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Line(
    int number,
    String[] names,
    String[] addresses,
    String address,
    String zone,
    UUID guid,
    String resource,
    String place,
    String type,
    String serial,
    BigDecimal capacity,
    Integer diameter,
    LocalDateTime installed,
    BigDecimal firstReading,
    BigDecimal lastReading,
    LocalDate verified,
    LocalDate due,
    String seals,
    Long module,
    LocalDateTime fitted,
    String account,
    String holder,
    LocalDate since,
    boolean bad) {}
