package org.kvantenergo.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Passes numbered messages on, each kind at most once in 5 s: when a server goes away, thousands of
 * modules notice. May be called from any thread.
 */
final class Voice {

  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final Consumer<String> lines;
  private final Map<SimulatorMessage, Long> mutedUntil = new EnumMap<>(SimulatorMessage.class);
  private final long started = System.nanoTime();

  Voice(Consumer<String> lines) {
    this.lines = lines;
  }

  void say(SimulatorMessage message, Object... values) {
    if (takesTurn(message)) {
      lines.accept(message.line(values));
    }
  }

  private synchronized boolean takesTurn(SimulatorMessage message) {
    long now = System.nanoTime() - started;
    if (now < mutedUntil.getOrDefault(message, 0L)) {
      return false;
    }
    mutedUntil.put(message, now + PAUSE_NANOS);
    return true;
  }
}
