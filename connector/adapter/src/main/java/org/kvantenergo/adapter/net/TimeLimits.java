package org.kvantenergo.adapter.net;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a session may take (docs/protocol.md, "Timing and limits").
 *
 * @param hello from the connection to a whole HELLO
 * @param moduleIdle between whole frames of a module
 * @param stationIdle between whole frames of a base station
 * @param stall without a byte inside a frame
 * @param storage without an answer from storage while one is owed: our own limit, the protocol has
 *     none
 */
public record TimeLimits(
    Duration hello, Duration moduleIdle, Duration stationIdle, Duration stall, Duration storage) {

  /** What the protocol says. */
  public static final TimeLimits PROTOCOL =
      new TimeLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(600),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  /** The shortest of them, ns: looking this often misses none by much. */
  long shortestNanos() {
    return Stream.of(hello, moduleIdle, stationIdle, stall, storage)
        .mapToLong(Duration::toNanos)
        .min()
        .orElseThrow();
  }
}
