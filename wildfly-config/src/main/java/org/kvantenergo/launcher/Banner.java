package org.kvantenergo.launcher;

/** What the person at the console is told once everything runs. */
final class Banner {
  private Banner() {}

  static String of(Options options, boolean replays) {
    StringBuilder lines = new StringBuilder(System.lineSeparator());
    add(lines, "  Kvant-Energo is ready:   http://localhost:" + options.httpPort() + "/");
    add(
        lines,
        "                           https://localhost:"
            + options.httpsPort()
            + "/"
            + (options.httpsKeystore().isPresent() ? "" : " (self-signed)"));
    add(lines, "  modules report to port   " + options.modulePort() + tls(options));
    if (options.demo()) {
      add(lines, "  sign in as               dispatcher2 / kvant-demo-1         (operator)");
      add(lines, "                           admin       / kvant-demo-admin-1   (administrator)");
    }
    if (options.demo()) {
      add(lines, "  simulated                " + simulated(options, replays));
    }
    add(lines, "  data and logs            " + options.dataFolder());
    add(lines, "  stop with                Ctrl-C");
    return lines.toString();
  }

  private static void add(StringBuilder lines, String line) {
    lines.append(line).append(System.lineSeparator());
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
