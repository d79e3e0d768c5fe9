package org.kvantenergo.device;

import org.kvantenergo.shared.DeviceId;

/**
 * What the registry knows of a claim.
 *
 * @param registered the registered device that it names in every part; null if there is none
 * @param blocked whether that device is blocked
 * @param keptApart the row under which the claim's data is kept apart; null if it has none yet
 */
public record Standing(DeviceId registered, boolean blocked, DeviceId keptApart) {}
