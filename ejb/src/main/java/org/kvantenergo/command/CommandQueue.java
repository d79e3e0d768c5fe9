package org.kvantenergo.command;

import java.time.Instant;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.wire.command.DeviceCommand;

/** Queues commands for devices that sleep. */
public interface CommandQueue {

  /**
   * A command to queue.
   *
   * @param device whose
   * @param command what it is to do
   * @param by who asks, for people
   * @param expiresAt when it is no longer worth sending
   * @param attempts how often it may be written to a connection, 1 or more
   */
  record Order(
      DeviceId device, DeviceCommand command, String by, Instant expiresAt, int attempts) {}

  /**
   * Queues a command.
   *
   * @return its id, u32, never used twice for any device
   */
  long enqueue(Order order);
}
