package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.kvantenergo.simulator.net.Conversation;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** The ways in which guests of {@link BadManners} misbehave. Each on its event loop alone. */
final class Mischiefs {

  private static final long SECOND = 1_000;

  private Mischiefs() {}

  private static Hello hello(Simulation simulation, ModuleIdentity identity) {
    return simulation.device(identity).hello(DeviceKind.MODULE, simulation.clock().instant());
  }

  /** Random bytes; every other time behind a header that is right. */
  static final class Garbage implements BadManners.Mischief {

    private static final int BYTES = 512;
    private static final byte[] HEADER = {0x4B, 0x56, 5, 0, 2, 1, 0, 0, 2};

    private final RudeTotals counts;
    private boolean disguised;

    Garbage(RudeTotals counts) {
      this.counts = counts;
    }

    @Override
    public void begin(Conversation conversation) {
      counts.garbage.increment();
      byte[] bytes = new byte[BYTES + 2 + HEADER.length];
      ThreadLocalRandom.current().nextBytes(bytes);
      bytes[0] = 0; // never the magic by chance
      if (disguised) {
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
      }
      disguised = !disguised;
      conversation.sendBytes(bytes, 0, bytes.length);
    }

    @Override
    public void step(Conversation conversation) {
      // the server has heard enough
    }

    @Override
    public long everyMillis() {
      return SECOND;
    }
  }

  /** Frames as fast as the connection takes them, whatever is answered. */
  static final class Flood implements BadManners.Mischief {

    private static final int FRAMES = 50;
    private static final Duration NUMBERED_BY = Duration.ofMillis(1);

    private final Simulation simulation;
    private final SimulatedModule module;
    private final VirtualMeter meter;

    Flood(Simulation simulation, ModuleIdentity identity) {
      this.simulation = simulation;
      this.module = new SimulatedModule(identity);
      this.meter = new VirtualMeter(identity.imei());
    }

    @Override
    public void begin(Conversation conversation) {
      simulation.totals().rude.floods.increment();
      conversation.send(List.of(module.hello(DeviceKind.MODULE, simulation.clock().instant())));
    }

    @Override
    public void step(Conversation conversation) {
      if (!conversation.writable()) {
        return;
      }
      Instant now = simulation.clock().instant();
      List<Packet.Uplink> frames = new ArrayList<>(FRAMES);
      for (int i = 0; i < FRAMES; i++) {
        Reading record =
            meter.read(now, module.clock(now), now, NUMBERED_BY, VirtualMeter.INSTANTANEOUS);
        frames.add(new Readings(List.of(record)));
      }
      simulation.totals().rude.floodedFrames.add(FRAMES);
      conversation.send(frames);
    }

    @Override
    public long everyMillis() {
      return 10;
    }
  }

  /** A right HELLO, a byte a second: never a whole one in the 10 s that a server waits. */
  static final class SlowLoris implements BadManners.Mischief {

    private final Simulation simulation;
    private final byte[] frame;
    private int sent;

    SlowLoris(Simulation simulation, int number) {
      this.simulation = simulation;
      Hello hello = hello(simulation, ModuleIdentity.ofFleet(number));
      this.frame = FrameEncoder.encode(Hello.TYPE, 1, PacketEncoder.payload(hello));
    }

    @Override
    public void begin(Conversation conversation) {
      simulation.totals().rude.slowLorises.increment();
      sent = 0;
      step(conversation);
    }

    @Override
    public void step(Conversation conversation) {
      if (sent < frame.length) {
        conversation.sendBytes(frame, sent++, 1);
      }
    }

    @Override
    public long everyMillis() {
      return SECOND;
    }
  }

  /** HELLO, and nothing more. */
  static final class Idle implements BadManners.Mischief {

    private final Simulation simulation;
    private final ModuleIdentity identity;

    Idle(Simulation simulation, ModuleIdentity identity) {
      this.simulation = simulation;
      this.identity = identity;
    }

    @Override
    public void begin(Conversation conversation) {
      simulation.totals().rude.idlers.increment();
      conversation.send(List.of(hello(simulation, identity)));
    }

    @Override
    public void step(Conversation conversation) {
      // nothing
    }

    @Override
    public long everyMillis() {
      return SECOND;
    }
  }
}
