package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Listens to a program that says when its measuring begins and ends, and reads the processor times
 * of the others at these moments. Called by the thread that reads the program's lines.
 */
final class Clocked implements Consumer<String> {

  private final Clock clock;
  private volatile Cpu begin;
  private volatile Cpu end;

  /** Reads processor times. */
  interface Clock {
    Cpu read() throws IOException;
  }

  Clocked(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void accept(String line) {
    try {
      switch (line) {
        case "Measuring" -> begin = clock.read();
        case "Measured" -> end = clock.read();
        default -> {
          if (line.startsWith("KVANT-")) {
            System.out.println("  " + line);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was used while the program measured; empty if it did not say when. */
  Optional<Cpu> used() {
    return begin == null || end == null ? Optional.empty() : Optional.of(end.minus(begin));
  }
}
