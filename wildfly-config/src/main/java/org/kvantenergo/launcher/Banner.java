package org.kvantenergo.launcher;

import java.io.PrintStream;

/** What the person at the console is told once everything runs. */
final class Banner {
  private Banner() {}

  static void print(Options options, boolean replays, PrintStream out) {
    out.println();
    out.println("  Kvant-Energo is ready:   http://localhost:" + options.httpPort() + "/");
    out.println("  modules report to port   " + options.modulePort() + tls(options));
    if (options.demo()) {
      out.println("  sign in as               dispatcher2 / kvant-demo-1         (operator)");
      out.println("                           admin       / kvant-demo-admin-1   (administrator)");
    }
    if (options.demo()) {
      out.println("  simulated                " + simulated(options, replays));
    }
    out.println("  data and logs            " + options.dataFolder());
    out.println("  stop with                Ctrl-C");
    out.println();
    out.flush();
  }

  private static String tls(Options options) {
    if (options.tlsKeystore().isPresent()) {
      return ", by TLS to " + options.tlsPort();
    }
    return options.demo() ? ", by TLS to " + options.tlsPort() + " (self-signed)" : "";
  }

  private static String simulated(Options options, boolean replays) {
    String recorded =
        replays
            ? "the operator manual's modules: recorded records of February 2021, then live"
            : "the operator manual's modules, live (their recorded records are stored already)";
    return options.demoModules() == 0
        ? recorded
        : recorded + "; " + options.demoModules() + " more modules, each hour from 25 s past";
  }
}
