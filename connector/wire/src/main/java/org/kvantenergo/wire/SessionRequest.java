package org.kvantenergo.wire;

import java.time.Instant;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.packet.Hello;

/**
 * A HELLO that waits for its admission.
 *
 * @param hello as received
 * @param frame that it came in: its tag has not been checked yet
 * @param remoteAddress IP address of the peer
 * @param remotePort TCP port of the peer
 * @param node name of this server
 * @param openedAt when the connection was accepted
 * @param full whether this server has as many sessions as it takes: the answer is BUSY
 */
public record SessionRequest(
    Hello hello,
    Frame frame,
    String remoteAddress,
    int remotePort,
    String node,
    Instant openedAt,
    boolean full) {

  /** The identity that the HELLO claims. */
  public DeviceIdentity identity() {
    return new DeviceIdentity(hello.kind(), hello.imei(), hello.serial());
  }

  /** IP address and port of the peer. */
  public String remote() {
    return remoteAddress + ":" + remotePort;
  }
}
