package org.kvantenergo.session;

import java.time.Instant;

/**
 * A row of «Расширенная информация»: one session.
 *
 * @param id unique, growing with time
 * @param openedAt when the connection was accepted
 * @param receivedAt when its last INFO arrived, else when it opened
 * @param endedAt null while it is open
 * @param endReason name of how it ended, empty while it is open
 * @param iccid digits of the SIM, empty if not known
 * @param serial of the device
 * @param firmware u16
 * @param model u16
 * @param remoteAddress IP address and port of the peer
 * @param info what INFO said, its access point left out; null if it did not come
 * @param access whether INFO said anything of an access point
 * @param sessionsTotal sessions since commissioning, as the newest record said when INFO came; null
 *     if there was none in the two days before
 */
public record SessionRow(
    long id,
    Instant openedAt,
    Instant receivedAt,
    Instant endedAt,
    String endReason,
    String iccid,
    long serial,
    int firmware,
    int model,
    String remoteAddress,
    Info info,
    boolean access,
    Long sessionsTotal) {

  /**
   * Which share of all sessions failed: {@link Info#errorCount} of {@link #sessionsTotal}; null if
   * either is unknown or there was no session.
   */
  public Double errorShare() {
    return info == null || sessionsTotal == null || sessionsTotal == 0
        ? null
        : (Double) (info.errorCount() / (double) sessionsTotal);
  }

  /**
   * Settings in force in the module.
   *
   * @param contractDay 1..28, else odd
   * @param contractHour 0..23, else odd
   * @param periodMinutes exchange period
   * @param apn empty if none
   * @param login empty if none
   * @param password empty if none; left out of {@link #toString()}
   * @param rssi dBm
   * @param errorCount failed sessions
   * @param retries attempts after a connection error, 0..10, else odd
   * @param odd whether a value is outside its range
   */
  public record Info(
      int contractDay,
      int contractHour,
      int periodMinutes,
      String apn,
      String login,
      String password,
      int rssi,
      int errorCount,
      int retries,
      boolean odd) {

    @Override
    public String toString() {
      return "Info[contractDay=%d, contractHour=%d, periodMinutes=%d]"
          .formatted(contractDay, contractHour, periodMinutes);
    }
  }
}
