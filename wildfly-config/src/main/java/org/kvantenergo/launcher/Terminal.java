package org.kvantenergo.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * The person at the console, also while Maven ends. {@link System#out} is Maven's by then, wrapped,
 * and fails when lines are written as its JVM shuts down; nothing that stops programs may depend on
 * it. These methods write to the process's own streams and never throw. Any thread.
 */
final class Terminal {
  private static final PrintStream OUT = stream(FileDescriptor.out);
  private static final PrintStream ERR = stream(FileDescriptor.err);

  private Terminal() {}

  private static PrintStream stream(FileDescriptor descriptor) {
    Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    return new PrintStream(new FileOutputStream(descriptor), true, charset);
  }

  /** One line, or several. */
  static void say(String line) {
    OUT.println(line);
  }

  /** A line about something that is wrong. */
  static void warn(String line) {
    ERR.println(line);
  }
}
