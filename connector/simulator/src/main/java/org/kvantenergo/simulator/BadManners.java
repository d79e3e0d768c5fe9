package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.kvantenergo.simulator.net.Conversation;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.Packet;

/**
 * Guests that no server wants: each opens a connection, misbehaves in its way, and comes again when
 * it was shown out. What they get to store is not in the counts of records, nor in the journal.
 */
public final class BadManners implements Run {

  private static final int AGAIN_MILLIS = 500;

  private final Simulation simulation;
  private final List<Guest> guests = new ArrayList<>();

  /**
   * How many of each.
   *
   * @param garbage send random bytes
   * @param flood send frames without waiting for answers
   * @param slowLoris send a HELLO, a byte a second
   * @param idle say HELLO and nothing more
   * @param first number of the first module of the fleet that a guest passes itself off as
   */
  public record Plan(int garbage, int flood, int slowLoris, int idle, int first) {

    /** All of them together. */
    public int guests() {
      return garbage + flood + slowLoris + idle;
    }
  }

  /** What a guest does with its connection. On its event loop. */
  interface Mischief {

    /** The connection is there. */
    void begin(Conversation conversation);

    /** Goes on with it. */
    void step(Conversation conversation);

    /** From step to step, ms. */
    long everyMillis();
  }

  /** Makes the guests; nothing is sent yet. */
  public BadManners(Simulation simulation, Plan plan) {
    this.simulation = simulation;
    RudeTotals counts = simulation.totals().rude;
    int next = plan.first();
    invite(plan.garbage(), 0, i -> new Mischiefs.Garbage(counts));
    invite(plan.flood(), next, i -> new Mischiefs.Flood(simulation, ModuleIdentity.ofFleet(i)));
    next += plan.flood();
    invite(plan.slowLoris(), next, i -> new Mischiefs.SlowLoris(simulation, i));
    next += plan.slowLoris();
    invite(plan.idle(), next, i -> new Mischiefs.Idle(simulation, ModuleIdentity.ofFleet(i)));
  }

  private void invite(int count, int first, IntFunction<Mischief> mischief) {
    for (int i = 0; i < count; i++) {
      guests.add(new Guest(mischief.apply(first + i)));
    }
  }

  @Override
  public void start() {
    guests.forEach(guest -> guest.loop.execute(guest::come));
  }

  /** They never keep a run from ending. */
  @Override
  public boolean done() {
    return true;
  }

  @Override
  public void finish() {
    guests.forEach(guest -> guest.loop.execute(guest::go));
  }

  /** One of them. */
  private final class Guest implements Conversation.Listener {

    private final EventLoop loop = simulation.connector().loop();
    private final Mischief mischief;
    private Conversation conversation;

    Guest(Mischief mischief) {
      this.mischief = mischief;
    }

    void come() {
      if (!simulation.stopping()) {
        simulation.connector().open(loop, this);
      }
    }

    void go() {
      if (conversation != null) {
        conversation.close();
      }
    }

    @Override
    public void opened(Conversation opened) {
      conversation = opened;
      mischief.begin(opened);
      again(opened);
    }

    private void again(Conversation same) {
      var unused =
          loop.schedule(
              () -> {
                if (conversation == same) {
                  mischief.step(same);
                  again(same);
                }
              },
              mischief.everyMillis(),
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void answered(Packet.Uplink question, Packet.Downlink answer, long nanos) {
      // it is not here to listen
    }

    @Override
    public void commanded(long block, Command command) {
      // nor to obey
    }

    @Override
    public void departed(String how) {
      // who behaves so has no right to complain
    }

    @Override
    public void closed(String fault, int unanswered) {
      if (conversation != null && !simulation.stopping()) {
        simulation.totals().rude.shownOut.increment();
      }
      conversation = null;
      var unused = loop.schedule(this::come, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
