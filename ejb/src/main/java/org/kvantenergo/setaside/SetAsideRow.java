package org.kvantenergo.setaside;

import java.time.Instant;

/**
 * A frame that was set aside, as people see it.
 *
 * @param id its row
 * @param receivedAt when its last byte arrived
 * @param imei of its session's device, 0 = none
 * @param serial of its device, the block's if it was relayed
 * @param type u8 of the frame
 * @param records records in it; 0 if it is no READINGS
 * @param payload in hex; empty where it holds a password
 * @param sqlState five characters
 * @param message what the database said last
 * @param attempts how often it was tried again
 * @param nextTryAt when it is tried again; null if it is stored
 * @param storedAt when it was stored; null while it waits
 */
public record SetAsideRow(
    long id,
    Instant receivedAt,
    long imei,
    long serial,
    int type,
    int records,
    String payload,
    String sqlState,
    String message,
    int attempts,
    Instant nextTryAt,
    Instant storedAt) {}
