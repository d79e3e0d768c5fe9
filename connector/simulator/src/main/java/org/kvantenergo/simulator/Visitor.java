package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.packet.Readings;

/**
 * The life of one module between sessions: sends what waits whenever it is told to, and comes back
 * by itself while something is unacknowledged. On the module's event loop alone.
 */
final class Visitor implements Sender, ModuleSession.Events {

  private final Simulation simulation;
  private final SimulatedModule module;
  private final EventLoop loop;
  private final ModuleSession.Manner manner;
  private final Gate gate;
  private final Listener listener;
  private ModuleSession session;
  private boolean away;
  private boolean owes;
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

  @Override
  public SimulatedModule module() {
    return module;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void report() {
    if (session != null) {
      session.report();
    } else if (!away && (owes || module.waiting() > 0)) {
      away = true;
      gate.enter(() -> loop.execute(this::open));
    }
  }

  private void open() {
    away = false;
    owes = false;
    session = new ModuleSession(simulation, module, loop, manner, this);
    session.open();
  }

  @Override
  public void finish() {
    if (session != null) {
      session.finish();
    }
  }

  @Override
  public void acknowledged(Readings frame, boolean already) {
    listener.acknowledged(frame, already);
  }

  @Override
  public void idle() {
    attempt = 0;
    if (module.waiting() > 0) {
      session.report();
    } else if (simulation.stopping()) {
      session.finish();
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
    // The server brings the command again, and is to find out that it was carried out.
    owes = ending.kind() == Ending.Kind.COMMAND_DROPPED;
    away = true;
    long millis = simulation.ended(module.identity(), ending, attempt);
    var unused = loop.schedule(this::comeBack, millis, TimeUnit.MILLISECONDS);
  }

  private void comeBack() {
    away = false;
    if (owes || module.waiting() > 0) {
      report();
    } else {
      listener.allSent();
    }
  }
}
