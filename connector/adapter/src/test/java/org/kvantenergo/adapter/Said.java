package org.kvantenergo.adapter;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Lines of a log, as they come. */
public final class Said extends Handler {

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** The next line; waits for it. */
  public String next() throws InterruptedException {
    String line = lines.poll(60, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing was said in 60 s");
    }
    return line;
  }

  /** Whether all that was said has been taken. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
