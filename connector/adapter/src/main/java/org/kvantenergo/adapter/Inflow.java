package org.kvantenergo.adapter;

/** What an activated endpoint is fed by. Any thread. */
public interface Inflow {

  /** Returns at once. */
  void start();

  /** Ends it, waiting for what is in flight; safe to call twice. */
  void stop();
}
