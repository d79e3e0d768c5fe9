package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.packet.Readings;

/**
 * The life of one module between sessions: sends what waits whenever it is told to, and comes back
 * by itself while something is unacknowledged. On the module's event loop alone.
 */
final class Visitor implements ModuleSession.Events {

  private final Simulation simulation;
  private final SimulatedModule module;
  private final EventLoop loop;
  private final ModuleSession.Manner manner;
  private final Gate gate;
  private final Listener listener;
  private ModuleSession session;
  private boolean away;
  private int attempt;

  /** What the owner of a visitor hears. */
  interface Listener {

    /** Records were acknowledged. */
    default void acknowledged(Readings frame, boolean already) {}

    /** Nothing waits; a kept session is still open. */
    default void allSent() {}
  }

  Visitor(
      Simulation simulation,
      SimulatedModule module,
      EventLoop loop,
      ModuleSession.Manner manner,
      Gate gate,
      Listener listener) {
    this.simulation = simulation;
    this.module = module;
    this.loop = loop;
    this.manner = manner;
    this.gate = gate;
    this.listener = listener;
  }

  SimulatedModule module() {
    return module;
  }

  EventLoop loop() {
    return loop;
  }

  /** Sends what waits: in the open session, or in a new one; later, if it has to stay away now. */
  void report() {
    if (session != null) {
      session.report();
    } else if (!away && module.waiting() > 0) {
      away = true;
      gate.enter(() -> loop.execute(this::open));
    }
  }

  private void open() {
    away = false;
    session = new ModuleSession(simulation, module, loop, manner, this);
    session.open();
  }

  /** Ends a kept session once everything in it is answered. */
  void finish() {
    if (session != null) {
      session.finish();
    }
  }

  @Override
  public void acknowledged(Readings frame, boolean already) {
    listener.acknowledged(frame, already);
  }

  @Override
  public void idle(ModuleSession idle) {
    attempt = 0;
    if (module.waiting() > 0) {
      idle.report();
    } else if (simulation.stopping()) {
      idle.finish();
    } else {
      listener.allSent();
    }
  }

  @Override
  public void ended(Ending ending) {
    session = null;
    gate.leave();
    if (ending.kind() == Ending.Kind.COMPLETE) {
      attempt = 0;
      if (module.waiting() == 0) {
        listener.allSent();
        return;
      }
    } else {
      attempt++;
    }
    away = true;
    long millis = simulation.ended(module.identity(), ending, attempt);
    var unused = loop.schedule(this::comeBack, millis, TimeUnit.MILLISECONDS);
  }

  private void comeBack() {
    away = false;
    if (module.waiting() > 0) {
      report();
    } else {
      listener.allSent();
    }
  }
}
