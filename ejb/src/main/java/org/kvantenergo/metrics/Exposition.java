package org.kvantenergo.metrics;

/** What all meters show now. */
public interface Exposition {

  /** Media type of {@link #text()}. */
  String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** In Prometheus' text format 0.0.4. Takes milliseconds and asks nobody outside. Any thread. */
  String text();
}
