package org.kvantenergo.launcher;

import java.io.PrintStream;

/** What the person at the console is told once everything runs. */
final class Banner {
  private Banner() {}

  static void print(Options options, PrintStream out) {
    out.println();
    out.println("  Kvant-Energo is ready:   http://localhost:" + options.httpPort() + "/");
    out.println("  modules report to port   " + options.modulePort());
    if (options.demo()) {
      out.println("  sign in as               dispatcher2 / kvant-demo-1         (operator)");
      out.println("                           admin       / kvant-demo-admin-1   (administrator)");
    }
    out.println("  data and logs            " + options.dataFolder());
    out.println("  stop with                Ctrl-C");
    out.println();
    out.flush();
  }
}
