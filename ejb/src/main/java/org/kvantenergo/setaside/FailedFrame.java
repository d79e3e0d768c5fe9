package org.kvantenergo.setaside;

import java.time.Instant;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.shared.DeviceId;

/**
 * A frame that could not be stored.
 *
 * @param receivedAt when its last byte arrived
 * @param claim who its session said it is
 * @param device the row that its session was for, the base station's if it was relayed; null if
 *     that was none's yet
 * @param unproven whether its HELLO carried a tag that nobody could check
 * @param block serial of the telemetry block that a base station relayed for; 0 = none
 * @param sessionId the session that brought it
 * @param node name of the server
 * @param remoteAddress IP address and port of the peer
 * @param type u8 of the frame
 * @param payload of the frame
 * @param batchId the batch that acknowledges it; 0 = an earlier version's
 * @param place in that batch, from 0
 * @param sqlState five characters
 * @param message what the database said
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FailedFrame(
    Instant receivedAt,
    DeviceClaim claim,
    DeviceId device,
    boolean unproven,
    long block,
    long sessionId,
    String node,
    String remoteAddress,
    int type,
    byte[] payload,
    long batchId,
    int place,
    String sqlState,
    String message) {

  /** The payload may hold an APN password. */
  @Override
  public String toString() {
    return "FailedFrame[serial=%d, block=%d, type=%d]".formatted(claim.serial(), block, type);
  }
}
