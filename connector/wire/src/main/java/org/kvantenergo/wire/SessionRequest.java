package org.kvantenergo.wire;

import java.time.Instant;
import org.kvantenergo.wire.packet.Hello;

/**
 * A HELLO that waits for its admission.
 *
 * @param hello as received
 * @param authenticated whether the frame carried a tag (not yet whether the tag is right)
 * @param remoteAddress IP address and port of the peer
 * @param node name of this server
 * @param openedAt when the connection was accepted
 */
public record SessionRequest(
    Hello hello, boolean authenticated, String remoteAddress, String node, Instant openedAt) {

  /** The identity that the HELLO claims. */
  public DeviceIdentity identity() {
    return new DeviceIdentity(hello.kind(), hello.imei(), hello.serial());
  }
}
