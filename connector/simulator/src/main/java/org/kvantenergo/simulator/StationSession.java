package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Relay;
import org.kvantenergo.wire.packet.Relayed;

/**
 * One session of a simulated base station: stays, relays what its telemetry blocks say, brings them
 * what the server answers and orders, and says PING to learn of orders. On the station's event loop
 * alone.
 */
final class StationSession extends DeviceSession implements Exchange.Way {

  private final Manner manner;
  private final Events events;
  private final Exchange own;
  private final Map<Long, Exchange> blocks = new LinkedHashMap<>();

  /**
   * How to behave.
   *
   * @param pingSeconds how often to say PING
   * @param faults what goes wrong with the blocks
   */
  record Manner(long pingSeconds, Faults faults) {}

  /** What the owner of a base station's session hears. */
  interface Events extends DeviceSession.Events {

    /** Records of a block were acknowledged for the first time in this session. */
    default void acknowledged(Readings frame) {}
  }

  StationSession(
      Simulation simulation,
      SimulatedModule station,
      List<SimulatedModule> relayed,
      EventLoop loop,
      Manner manner,
      Events events) {
    super(simulation, station, loop, events);
    this.manner = manner;
    this.events = events;
    this.own = new Exchange(simulation, station, manner.faults(), this);
    for (SimulatedModule block : relayed) {
      long serial = block.identity().serial();
      blocks.put(serial, new Exchange(simulation, block, manner.faults(), new Radio(serial)));
    }
  }

  @Override
  DeviceKind kind() {
    return DeviceKind.BASE_STATION;
  }

  @Override
  void begin() {
    if (manner.faults().stalls()) {
      simulation.totals().rude.stalls.increment();
      stall(relay(blocks.keySet().iterator().next(), device.info()));
      return;
    }
    blocks.values().forEach(Exchange::report);
    ping(manner.pingSeconds());
  }

  /** Relays what a block has waiting. */
  void report(SimulatedModule block) {
    if (speaking()) {
      blocks.get(block.identity().serial()).report();
    }
  }

  @Override
  void heard(Packet.Uplink question, Packet.Downlink answer, long nanos) {
    if (!(question instanceof Relay relay)) {
      own.answered(question, answer, nanos);
    } else if (!(answer instanceof Relayed relayed) || relayed.serial() != relay.serial()) {
      unexpected(answer + " to a RELAY for block " + relay.serial());
    } else {
      heard(relay, relayed, nanos);
    }
  }

  private void heard(Relay relay, Relayed answer, long nanos) {
    try {
      Exchange exchange = blocks.get(relay.serial());
      exchange.answered(PacketDecoder.relayed(relay), answer.inner(), nanos);
      if (speaking()) {
        exchange.report();
      }
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("what was relayed is our own", e);
    }
  }

  @Override
  void ponged(Ack ack) {
    own.pending(ack);
  }

  @Override
  void ordered(long block, Command command) {
    Exchange exchange = blocks.get(block);
    if (block == 0) {
      own.commanded(command, false);
    } else if (exchange == null) {
      unexpected("a COMMAND for block " + block);
    } else {
      exchange.commanded(command, true);
    }
  }

  @Override
  boolean settled() {
    return own.settled() && blocks.values().stream().allMatch(Exchange::settled);
  }

  @Override
  boolean stays() {
    return true;
  }

  @Override
  public void acknowledged(Readings frame, boolean already) {
    // a base station has no records of its own
  }

  private static Relay relay(long serial, Packet.Uplink inner) {
    return new Relay(serial, inner.type(), PacketEncoder.payload(inner));
  }

  /** The way between a block and the server. */
  private final class Radio implements Exchange.Way {

    private final long serial;

    Radio(long serial) {
      this.serial = serial;
    }

    @Override
    public void send(List<? extends Packet.Uplink> packets) {
      List<Packet.Uplink> relays = new ArrayList<>(packets.size());
      packets.forEach(packet -> relays.add(relay(serial, packet)));
      StationSession.this.send(relays);
    }

    @Override
    public void leave(Ending how) {
      StationSession.this.leave(how);
    }

    @Override
    public void unexpected(String what) {
      StationSession.this.unexpected("block %d: %s".formatted(serial, what));
    }

    @Override
    public void acknowledged(Readings frame, boolean already) {
      events.acknowledged(frame);
    }
  }
}
