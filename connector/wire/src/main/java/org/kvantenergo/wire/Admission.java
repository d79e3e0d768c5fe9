package org.kvantenergo.wire;

import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.HelloAck;

/**
 * The answer to a {@link SessionRequest}.
 *
 * @param result what HELLO_ACK will say
 * @param sessionId unique over all nodes and restarts, growing with time: it is the session's epoch
 *     as well; 0 unless the session stays open
 * @param deviceId the device row that the session's data belongs to; 0 = none yet, the first
 *     delivery makes an UNREGISTERED one
 * @param retryAfter s, 0..65535; 0 but for BUSY
 * @param key with which every frame of the session is tagged, HELLO_ACK included; null = none
 */
public record Admission(
    HelloAck.Result result, long sessionId, long deviceId, int retryAfter, FrameKey key) {}
