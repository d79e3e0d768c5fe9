package org.kvantenergo.simulator;

/** Modules at work until the end is asked for. May be used from any thread. */
public interface Run {

  /** Begins. */
  void start();

  /** Whether there is nothing more to do, though nobody asked for the end. */
  boolean done();

  /** Ends sessions that are open and idle; called after {@link Simulation#stop()}. */
  void finish();
}
