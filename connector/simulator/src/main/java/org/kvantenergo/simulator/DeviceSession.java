package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.simulator.net.Conversation;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relayed;

/**
 * One session of a device that connects by itself: HELLO, PING, BYE, and how it ends. What is said
 * between them is the subclass's. On the device's event loop alone.
 */
abstract class DeviceSession implements Conversation.Listener {

  /** After BYE it is the server that closes; not for ever. */
  private static final int CLOSE_SECONDS = 5;

  private static final String NOT_AUTHENTIC =
      "authentication failed: the server holds another key, or has seen this session counter or a"
          + " greater one";

  final Simulation simulation;
  final SimulatedModule device;
  private final EventLoop loop;
  private final Events events;
  private Conversation conversation;
  private Ending ending;
  private boolean finishing;
  private ScheduledFuture<?> timer;

  /** What the owner of a session hears. */
  interface Events {

    /** Everything is answered, and the session is not to end. */
    default void idle() {}

    /** The end; nothing is called after it. */
    void ended(Ending ending);
  }

  DeviceSession(Simulation simulation, SimulatedModule device, EventLoop loop, Events events) {
    this.simulation = simulation;
    this.device = device;
    this.loop = loop;
    this.events = events;
  }

  void open() {
    simulation.totals().sessions.increment();
    simulation.totals().open.incrementAndGet();
    simulation.connector().open(loop, this);
  }

  /** What follows HELLO at once. */
  abstract void begin();

  /** An answer that is neither to HELLO nor to PING. */
  abstract void heard(Packet.Uplink question, Packet.Downlink answer, long nanos);

  /** The ACK of a PING. */
  abstract void ponged(Ack ack);

  /** A command for the device itself, block 0, or for a block. */
  abstract void ordered(long block, Command command);

  /** Whether nothing of what was said holds the session open. */
  abstract boolean settled();

  /** Whether the session stays when everything is answered. */
  abstract boolean stays();

  @Override
  public void opened(Conversation opened) {
    conversation = opened;
    Hello hello = device.hello(kind(), simulation.clock().instant());
    if (device.key() != null) {
      conversation.authenticate(new FrameKey(device.key(), hello.nonce()));
    }
    conversation.send(List.of(hello));
    begin();
  }

  DeviceKind kind() {
    return DeviceKind.MODULE;
  }

  void ping(long seconds) {
    timer = loop.scheduleAtFixedRate(this::ping, seconds, seconds, TimeUnit.SECONDS);
  }

  private void ping() {
    if (ready()) {
      conversation.send(List.of(new Ping()));
    }
  }

  public final void send(List<? extends Packet.Uplink> packets) {
    conversation.send(packets);
  }

  /** Sends half a frame; the server's patience ends the session. */
  final void stall(Packet.Uplink packet) {
    ending = Ending.of(Ending.Kind.STALLED);
    conversation.sendHalf(packet);
  }

  /** Connected, not leaving, and nothing is unanswered. */
  final boolean ready() {
    return speaking() && conversation.allAnswered() && settled();
  }

  /** Connected and not leaving. */
  final boolean speaking() {
    return conversation != null && ending == null;
  }

  /** Says BYE as soon as everything is answered. */
  final void finish() {
    finishing = true;
    if (ready()) {
      bye();
    }
  }

  @Override
  public final void answered(Packet.Uplink question, Packet.Downlink answer, long nanos) {
    if (ending != null) {
      return; // the device has left: what comes after that is lost
    }
    if (answer instanceof Reject
        || (answer instanceof Relayed relayed && relayed.inner() instanceof Reject)) {
      simulation.totals().rejects.increment();
    }
    if (answer instanceof Reject reject && reject.reason() == Reject.Reason.STORAGE_UNAVAILABLE) {
      leave(Ending.of(Ending.Kind.STORAGE_AWAY));
    } else if (question instanceof Hello && answer instanceof HelloAck ack) {
      admitted(ack);
    } else if (question instanceof Ping && answer instanceof Ack ack && !ack.alreadyStored()) {
      ponged(ack);
    } else if (question instanceof Hello || question instanceof Ping) {
      unexpected(answer + " to " + question.getClass().getSimpleName());
    } else {
      heard(question, answer, nanos);
    }
    rest();
  }

  @Override
  public final void commanded(long block, Command command) {
    if (ending == null) {
      ordered(block, command);
      rest();
    }
  }

  @Override
  public final void departed(String how) {
    if (ending == null) {
      unexpected(how);
    }
  }

  private void rest() {
    if (ready()) {
      if (stays() && !finishing) {
        events.idle();
      } else {
        bye();
      }
    }
  }

  private void bye() {
    ending = Ending.of(Ending.Kind.COMPLETE);
    conversation.send(List.of(new Bye()));
    cancelTimer();
    timer = loop.schedule(conversation::close, CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private void admitted(HelloAck ack) {
    device.serverTime(ack.serverTime(), simulation.clock().instant());
    switch (ack.result()) {
      case ACCEPTED -> {}
      case NOT_REGISTERED -> simulation.totals().notRegistered.increment();
      case BLOCKED -> leave(Ending.of(Ending.Kind.REFUSED, "blocked"));
      case NOT_AUTHENTIC -> leave(Ending.of(Ending.Kind.REFUSED, NOT_AUTHENTIC));
      case BUSY -> leave(new Ending(Ending.Kind.BUSY, ack.retryAfter(), ""));
    }
  }

  public final void leave(Ending how) {
    if (ending == null) {
      ending = how;
      conversation.close();
    }
  }

  public final void unexpected(String what) {
    simulation.totals().unexpected.increment();
    simulation.voice().say(SimulatorMessage.UNEXPECTED, device.identity().name(), what);
    leave(Ending.of(Ending.Kind.BROKEN, what));
  }

  @Override
  public final void closed(String fault, int unanswered) {
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
      device.sessionFailed();
    }
    events.ended(how);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
