package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * Sends the recorded records as the modules of the figures did: module by module, one session a
 * record. A session that fails is tried again until the record is acknowledged or the end is asked
 * for.
 */
public final class Replay implements Run {

  private final Simulation simulation;
  private final Listener listener;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private final EventLoop loop;
  private final CountDownLatch finished = new CountDownLatch(1);
  private int attempt;

  /** What a caller hears, on a thread of the simulation. */
  public interface Listener {

    /** A record was acknowledged; {@code already} if the server had it before. */
    default void acknowledged(ModuleIdentity module, Reading record, boolean already) {}

    /** A numbered message for people. */
    default void message(String line) {}
  }

  private record Step(SimulatedModule module, Reading record) {}

  /** Prepares the replay of some modules; nothing is sent yet. */
  public Replay(Simulation simulation, List<RecordedModule> modules, Listener listener) {
    this.simulation = simulation;
    this.listener = listener;
    this.loop = simulation.connector().loop();
    for (RecordedModule recorded : modules) {
      SimulatedModule module = simulation.recorded(recorded.identity());
      recorded.records().forEach(record -> steps.add(new Step(module, record)));
    }
    simulation.totals().made.add(steps.size());
  }

  /**
   * Replays every recorded module to a server and waits for the end.
   *
   * @return what was counted; {@code clean()} if all 42 records were acknowledged
   */
  public static Totals.Snapshot run(String host, int port, Listener listener)
      throws IOException, InterruptedException {
    try (Simulation simulation =
        new Simulation(Simulation.Settings.of(host, port), Clock.systemUTC(), listener::message)) {
      Replay replay = new Replay(simulation, RecordedModule.all(), listener);
      replay.start();
      replay.finished.await();
      return simulation.totals().snapshot();
    }
  }

  @Override
  public void start() {
    loop.execute(this::next);
  }

  @Override
  public boolean done() {
    return finished.getCount() == 0;
  }

  @Override
  public void finish() {
    // the session that is open ends by itself
  }

  private void next() {
    Step step = steps.peek();
    if (step == null || simulation.stopping()) {
      finished.countDown();
      return;
    }
    if (step.module().waiting() == 0) {
      step.module().add(step.record());
    }
    new ModuleSession(
            simulation,
            step.module(),
            loop,
            new ModuleSession.Manner(false, Faults.NONE),
            new SessionEvents(step))
        .open();
  }

  private final class SessionEvents implements ModuleSession.Events {

    private final Step step;

    SessionEvents(Step step) {
      this.step = step;
    }

    @Override
    public void acknowledged(Readings frame, boolean already) {
      steps.poll();
      attempt = 0;
      listener.acknowledged(step.module().identity(), step.record(), already);
    }

    @Override
    public void ended(Ending ending) {
      if (ending.kind() != Ending.Kind.COMPLETE) {
        attempt++;
      }
      long millis = simulation.ended(step.module().identity(), ending, attempt);
      var unused = loop.schedule(Replay.this::next, millis, TimeUnit.MILLISECONDS);
    }
  }
}
