package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;

/** Brings a device's records to the server: by itself, or through a base station. */
interface Sender {

  /** Whose records. */
  SimulatedModule module();

  /** The only thread on which the device may be touched. */
  EventLoop loop();

  /** Sends what waits: in the open session, or in a new one; later, if it has to stay away now. */
  void report();

  /** Ends a kept session once everything in it is answered. */
  void finish();
}
