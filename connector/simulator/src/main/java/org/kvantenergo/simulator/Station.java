package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.packet.Readings;

/**
 * The life of one base station between sessions: connects when the first of its blocks has
 * something to tell, stays, and comes back whenever it lost the connection. On the station's event
 * loop alone, but for {@link #add} before it begins.
 */
final class Station implements StationSession.Events {

  private final Simulation simulation;
  private final SimulatedModule device;
  private final EventLoop loop;
  private final StationSession.Manner manner;
  private final Gate gate;
  private final List<SimulatedModule> blocks = new ArrayList<>();
  private final Runnable acknowledged;
  private StationSession session;
  private boolean away;
  private int attempt;

  Station(Simulation simulation, SimulatedModule device, StationSession.Manner manner, Gate gate) {
    this(simulation, device, manner, gate, () -> {});
  }

  /**
   * A station whose owner hears of every acknowledged frame of a block.
   *
   * @param acknowledged called on the station's event loop
   */
  Station(
      Simulation simulation,
      SimulatedModule device,
      StationSession.Manner manner,
      Gate gate,
      Runnable acknowledged) {
    this.simulation = simulation;
    this.device = device;
    this.loop = simulation.connector().loop();
    this.manner = manner;
    this.gate = gate;
    this.acknowledged = acknowledged;
  }

  /** A block behind this station. */
  Sender add(SimulatedModule block) {
    blocks.add(block);
    return new Block(block);
  }

  private void connect() {
    if (session == null && !away) {
      away = true;
      gate.enter(() -> loop.execute(this::open));
    }
  }

  private void open() {
    away = false;
    session = new StationSession(simulation, device, blocks, loop, manner, this);
    session.open();
  }

  EventLoop loop() {
    return loop;
  }

  @Override
  public void acknowledged(Readings frame) {
    acknowledged.run();
  }

  @Override
  public void idle() {
    attempt = 0;
    if (simulation.stopping()) {
      session.finish();
    }
  }

  @Override
  public void ended(Ending ending) {
    session = null;
    gate.leave();
    attempt = ending.kind() == Ending.Kind.COMPLETE ? 0 : attempt + 1;
    away = true;
    long millis = simulation.ended(device.identity(), ending, attempt);
    var unused = loop.schedule(this::comeBack, millis, TimeUnit.MILLISECONDS);
  }

  private void comeBack() {
    away = false;
    if (!simulation.stopping() || blocks.stream().anyMatch(block -> block.waiting() > 0)) {
      connect();
    }
  }

  /** A block's way to the server. */
  private final class Block implements Sender {

    private final SimulatedModule block;

    Block(SimulatedModule block) {
      this.block = block;
    }

    @Override
    public SimulatedModule module() {
      return block;
    }

    @Override
    public EventLoop loop() {
      return loop;
    }

    @Override
    public void report() {
      if (session != null) {
        session.report(block);
      } else {
        connect();
      }
    }

    @Override
    public void finish() {
      if (session != null) {
        session.finish();
      }
    }
  }
}
