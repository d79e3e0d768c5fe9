package org.kvantenergo.session;

import java.time.Instant;
import org.kvantenergo.shared.DeviceId;

/**
 * What a batch says of one session.
 *
 * @param id the session
 * @param device whose
 * @param start how it began
 * @param infoAt when INFO came, null if it did not
 * @param info what it said, null if it did not come
 * @param end how it ended, null while it is open
 */
public record SessionChange(
    long id, DeviceId device, Start start, Instant infoAt, SessionRow.Info info, End end) {

  /**
   * How a session began.
   *
   * @param node name of the server
   * @param remoteAddress IP address and port of the peer
   * @param openedAt when the connection was accepted
   * @param protocol protocol version
   * @param model u16
   * @param firmware u16
   * @param iccid digits, empty if not known
   * @param authentication whether its frames carry a tag; null for sessions of an earlier version
   * @param nonce of the HELLO, byte 0 the least significant; null unless tags are checked
   */
  public record Start(
      String node,
      String remoteAddress,
      Instant openedAt,
      int protocol,
      int model,
      int firmware,
      String iccid,
      Authentication authentication,
      Long nonce) {}

  /**
   * How a session ended.
   *
   * @param at when
   * @param reason name of the reason
   * @param frames frames that came in it
   */
  public record End(Instant at, String reason, int frames) {}
}
