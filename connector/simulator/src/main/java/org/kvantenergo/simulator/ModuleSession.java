package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.simulator.net.Conversation;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;

/**
 * One session of a simulated module: HELLO, INFO and everything that waits, back to back; then BYE,
 * or, if it is a kept one, more when there is more. On the module's event loop alone.
 */
final class ModuleSession implements Conversation.Listener {

  /** A server closes a module that is idle for 60 s. */
  private static final int PING_SECONDS = 45;

  /** After BYE it is the server that closes; not for ever. */
  private static final int CLOSE_SECONDS = 5;

  private final Simulation simulation;
  private final SimulatedModule module;
  private final EventLoop loop;
  private final Manner manner;
  private final Events events;
  private Conversation conversation;
  private Ending ending;
  private Readings repeated;
  private boolean finishing;
  private ScheduledFuture<?> timer;

  /**
   * How to behave.
   *
   * @param kept stays connected when everything is acknowledged
   * @param faults what goes wrong
   */
  record Manner(boolean kept, Faults faults) {}

  /** What the owner of a session hears. */
  interface Events {

    /** Records were acknowledged for the first time in this session. */
    default void acknowledged(Readings frame, boolean already) {}

    /** A kept session has nothing unanswered. */
    default void idle(ModuleSession session) {}

    /** The end; nothing is called after it. */
    void ended(Ending ending);
  }

  ModuleSession(
      Simulation simulation, SimulatedModule module, EventLoop loop, Manner manner, Events events) {
    this.simulation = simulation;
    this.module = module;
    this.loop = loop;
    this.manner = manner;
    this.events = events;
  }

  void open() {
    simulation.totals().sessions.increment();
    simulation.totals().open.incrementAndGet();
    simulation.connector().open(loop, this);
  }

  @Override
  public void opened(Conversation opened) {
    conversation = opened;
    List<Packet.Uplink> packets = new ArrayList<>(3);
    packets.add(module.hello());
    packets.add(module.info());
    packets.addAll(module.frames());
    conversation.send(packets);
    if (manner.kept()) {
      timer = loop.scheduleAtFixedRate(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void ping() {
    if (conversation.allAnswered()) {
      conversation.send(List.of(new Ping()));
    }
  }

  /** Sends what waits, if the session is a kept one that has nothing unanswered. */
  void report() {
    if (ready() && module.waiting() > 0) {
      conversation.send(module.frames());
    }
  }

  private boolean ready() {
    return conversation != null && ending == null && conversation.allAnswered();
  }

  /** Says BYE as soon as everything is answered. */
  void finish() {
    finishing = true;
    if (ready()) {
      bye();
    }
  }

  @Override
  public void answered(Packet.Uplink question, Packet.Downlink answer, long nanos) {
    if (ending != null) {
      return; // a lost acknowledgement: what comes after it is lost as well
    }
    if (answer instanceof Reject reject) {
      rejected(question, reject);
    } else if (question instanceof Hello && answer instanceof HelloAck ack) {
      admitted(ack);
    } else if (question instanceof Readings frame && answer instanceof Ack ack) {
      readings(frame, ack, nanos);
    } else if (question instanceof Hello || !(answer instanceof Ack ack)) {
      unexpected(answer + " to " + question.getClass().getSimpleName());
    } else if (ack.alreadyStored()) {
      unexpected("code 1 to " + question.getClass().getSimpleName());
    }
    if (ready()) {
      idle();
    }
  }

  private void idle() {
    if (manner.kept() && !finishing) {
      events.idle(this);
    } else {
      bye();
    }
  }

  private void bye() {
    ending = Ending.of(Ending.Kind.COMPLETE);
    conversation.send(List.of(new Bye()));
    cancelTimer();
    timer = loop.schedule(conversation::close, CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private void admitted(HelloAck ack) {
    module.serverTime(ack.serverTime(), simulation.clock().instant());
    switch (ack.result()) {
      case ACCEPTED, NOT_REGISTERED -> {}
      case BLOCKED -> leave(Ending.of(Ending.Kind.REFUSED, "blocked"));
      case NOT_AUTHENTIC -> leave(Ending.of(Ending.Kind.REFUSED, "authentication failed"));
      case BUSY -> leave(new Ending(Ending.Kind.BUSY, ack.retryAfter(), ""));
    }
  }

  private void leave(Ending how) {
    ending = how;
    conversation.close();
  }

  private void rejected(Packet.Uplink question, Reject reject) {
    if (reject.reason() == Reject.Reason.STORAGE_UNAVAILABLE) {
      leave(Ending.of(Ending.Kind.STORAGE_AWAY));
    } else {
      unexpected(reject.reason() + " to " + question.getClass().getSimpleName());
    }
  }

  private void readings(Readings frame, Ack ack, long nanos) {
    simulation.totals().acknowledgedAfter(nanos);
    if (frame.equals(repeated)) {
      repeated = null;
      if (!ack.alreadyStored()) {
        unexpected("a repeat was acknowledged as new");
      }
    } else if (manner.faults().losesAck()) {
      simulation.totals().lostAcks.increment();
      module.ackLost(frame);
      leave(Ending.of(Ending.Kind.ACK_LOST));
    } else {
      acknowledged(frame, ack.alreadyStored());
    }
  }

  private void acknowledged(Readings frame, boolean already) {
    if (module.wasAcknowledgedBefore(frame) && !already) {
      unexpected("records of a lost acknowledgement were acknowledged as new");
    }
    module.acknowledged(frame);
    simulation.acknowledged(module.identity(), frame, already);
    events.acknowledged(frame, already);
    if (repeated == null && manner.faults().repeats()) {
      repeated = frame;
      simulation.totals().repeats.increment();
      conversation.send(List.of(frame));
    }
  }

  private void unexpected(String what) {
    simulation.totals().unexpected.increment();
    simulation.voice().say(SimulatorMessage.UNEXPECTED, module.identity().imei(), what);
    leave(Ending.of(Ending.Kind.BROKEN, what));
  }

  @Override
  public void closed(String fault, int unanswered) {
    cancelTimer();
    simulation.totals().open.decrementAndGet();
    Ending how = ending;
    if (how == null && conversation == null) {
      how = Ending.of(Ending.Kind.UNREACHABLE, fault);
    } else if (how == null) {
      how = Ending.of(Ending.Kind.BROKEN, fault == null ? "closed by the server" : fault);
    }
    if (how.kind() == Ending.Kind.COMPLETE) {
      simulation.totals().complete.increment();
    } else {
      simulation.totals().failed.increment();
      module.sessionFailed();
    }
    events.ended(how);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
