package org.kvantenergo.wire;

import org.kvantenergo.wire.packet.Command;

/**
 * A command that the session is to send now: leased to it in the transaction of the reply.
 *
 * @param block serial of the telemetry block that it is for; 0 = the session's own device
 * @param command what to send
 */
public record DueCommand(long block, Command command) {}
