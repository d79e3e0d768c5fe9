package org.kvantenergo.launcher;

import java.util.List;

/** The loads that are measured, in this order. */
enum BenchLoad {
  KEPT_1("sessions kept, 1 record a frame", "--sessions=kept --connections=500 --records=1"),
  KEPT_64(
      "sessions kept, 64 records a frame",
      "--sessions=kept --connections=100 --records=64 --first=1001"),
  ONESHOT(
      "connect, send, ACK, close; 1 record",
      "--sessions=oneshot --connections=200 --records=1 --modules=10000 --first=5001"
          + " --sources=127.0.0.2-127.0.0.9");

  private final String title;
  private final String arguments;

  BenchLoad(String title, String arguments) {
    this.title = title;
    this.arguments = arguments;
  }

  String title() {
    return title;
  }

  /** For the simulator's command {@code load}. */
  List<String> arguments() {
    return List.of(arguments.split(" ", -1));
  }
}
