package org.kvantenergo.wire;

/**
 * What the ACK of a delivery says, once its transaction has committed.
 *
 * @param alreadyStored everything in the frame had been stored before; always false for INFO
 * @param pendingCommands commands due for the device and not yet sent in this session, 0..255
 */
public record Reply(boolean alreadyStored, int pendingCommands) {}
