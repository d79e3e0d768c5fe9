package org.kvantenergo.setaside;

import java.time.Instant;

/**
 * Everything about a frame that was set aside.
 *
 * @param row as it is listed
 * @param failedAt when it was set aside
 * @param sessionId the session that brought it
 * @param node name of the server that took it
 * @param remoteAddress IP address and port of the peer
 * @param stationSerial serial of the base station that relayed it; 0 = none did
 * @param content what it says
 * @param payload its bytes; empty where they hold a password
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SetAsideDetail(
    SetAsideRow row,
    Instant failedAt,
    long sessionId,
    String node,
    String remoteAddress,
    long stationSerial,
    FrameContent content,
    byte[] payload) {}
