package org.kvantenergo.device;

import java.time.Instant;
import org.kvantenergo.shared.DeviceId;

/**
 * What a session says of its device.
 *
 * @param device whose session
 * @param sessionId grows with time: a lower one never overwrites what a higher one said
 * @param protocol protocol version
 * @param model u16; 0 = not known
 * @param iccid digits, empty if not known
 * @param via the base station that relayed; null if none did
 * @param at when the newest frame came
 */
public record SessionContact(
    DeviceId device,
    long sessionId,
    int protocol,
    int model,
    String iccid,
    DeviceId via,
    Instant at) {}
