package org.kvantenergo.registry;

import java.math.BigDecimal;

/**
 * A meter as its plate says.
 *
 * @param id which one; null while there is no row yet
 * @param resource what flows through it
 * @param type as on the plate, 1..100 characters
 * @param serial factory number, 1..50 characters; with the type it names one meter of an owner
 * @param capacity reading at which the register begins again at 0, in the resource's unit, three
 *     decimals; null if not known
 * @param diameter nominal, 1..3000 mm; null if not known or none
 * @param version counts changes, so that two people do not overwrite each other's
 */
public record Meter(
    MeterId id,
    Resource resource,
    String type,
    String serial,
    BigDecimal capacity,
    Integer diameter,
    int version) {}
