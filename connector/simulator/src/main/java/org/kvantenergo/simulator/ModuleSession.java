package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Readings;

/**
 * One session of a simulated module: HELLO, INFO and everything that waits, back to back; commands,
 * if there are any; then BYE, or, if it is a kept one, more when there is more. On the module's
 * event loop alone.
 */
final class ModuleSession extends DeviceSession implements Exchange.Way {

  /** A server closes a module that is idle for 60 s. */
  private static final int PING_SECONDS = 45;

  private final Manner manner;
  private final Events events;
  private final Exchange exchange;

  /**
   * How to behave.
   *
   * @param kept stays connected when everything is acknowledged
   * @param faults what goes wrong
   */
  record Manner(boolean kept, Faults faults) {}

  /** What the owner of a module's session hears. */
  interface Events extends DeviceSession.Events {

    /** Records were acknowledged for the first time in this session. */
    default void acknowledged(Readings frame, boolean already) {}
  }

  ModuleSession(
      Simulation simulation, SimulatedModule module, EventLoop loop, Manner manner, Events events) {
    super(simulation, module, loop, events);
    this.manner = manner;
    this.events = events;
    this.exchange = new Exchange(simulation, module, manner.faults(), this);
  }

  @Override
  void begin() {
    List<Packet.Uplink> packets = exchange.opening();
    if (manner.faults().stalls()) {
      simulation.totals().rude.stalls.increment();
      send(new ArrayList<>(packets.subList(0, packets.size() - 1)));
      stall(packets.get(packets.size() - 1));
      return;
    }
    send(packets);
    if (manner.kept()) {
      ping(PING_SECONDS);
    }
  }

  /** Sends what waits, if the session is a kept one that has nothing unanswered. */
  void report() {
    if (ready()) {
      exchange.report();
    }
  }

  @Override
  void heard(Packet.Uplink question, Packet.Downlink answer, long nanos) {
    exchange.answered(question, answer, nanos);
  }

  @Override
  void ponged(Ack ack) {
    exchange.pending(ack);
  }

  @Override
  void ordered(long block, Command command) {
    if (block == 0) {
      exchange.commanded(command, false);
    } else {
      unexpected("a COMMAND for block " + block);
    }
  }

  @Override
  boolean settled() {
    return exchange.settled();
  }

  @Override
  boolean stays() {
    return manner.kept();
  }

  @Override
  public void acknowledged(Readings frame, boolean already) {
    events.acknowledged(frame, already);
  }
}
