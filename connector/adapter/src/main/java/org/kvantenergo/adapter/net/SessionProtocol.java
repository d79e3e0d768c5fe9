package org.kvantenergo.adapter.net;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.Outcome;
import org.kvantenergo.adapter.delivery.Stored;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.adapter.metrics.FrameKind;
import org.kvantenergo.adapter.net.Answers.Closing;
import org.kvantenergo.adapter.net.Answers.Slot;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relay;
import org.kvantenergo.wire.packet.UnknownPacket;

/**
 * One session's side of docs/protocol.md: what is answered to which bytes, in which order, and when
 * it is over. Knows no socket and no timer; used by one thread.
 */
final class SessionProtocol {

  private static final int MAX_FAULTS = 3;

  private final Wiring wiring;
  private final Origin origin;
  private final Clock clock;
  private final AdapterMeters meters;
  private final Answers answers;
  private final Downlink downlink;
  private Authentication authentication = Authentication.none();
  private State state = State.HELLO_EXPECTED;
  private Session session;
  private SessionRequest request;
  private Slot hello;
  private long device;
  private int faults;
  private int frames;
  private EndReason intended;
  private EndReason ended;

  private enum State {
    HELLO_EXPECTED,
    ADMISSION_AWAITED,
    OPEN,
    /** Nothing is read any more; owed answers still go out. */
    CLOSING
  }

  /** What a session asks of its surroundings. Answers come back on the session's own thread. */
  interface Wiring {
    /** Sends a frame. */
    void send(byte[] frame);

    /** Closes the connection once everything sent is out. */
    void close(EndReason reason);

    /** Asks for admission; answered by {@link #admitted}. */
    void admit(SessionRequest request);

    /** Stores; answered by {@link #stored} with the same slot. */
    void store(Delivery delivery, Slot slot);

    /** Stores what nobody waits for. */
    void note(Delivery delivery);

    /** Whether storage asks who feeds it for a {@link Dispatcher#device} to pause. */
    boolean pressed(long device);
  }

  SessionProtocol(Wiring wiring, Origin origin, Clock clock, AdapterMeters meters) {
    this.wiring = wiring;
    this.origin = origin;
    this.clock = clock;
    this.meters = meters;
    this.downlink = new Downlink(wiring::send, this::sent, meters);
    this.answers =
        new Answers(downlink::send, closing -> finish(EndReason.valueOf(closing.name())));
  }

  /** Takes what it can of the bytes; leaves the rest in the buffer for later. */
  void received(ByteBuffer in) {
    while (reading() && in.hasRemaining()) {
      FrameParse parse = FrameParser.parse(in);
      if (parse instanceof FrameParse.Incomplete) {
        return;
      }
      parsed(parse);
    }
  }

  /** Whether more bytes could be taken now. */
  boolean reading() {
    return (state == State.HELLO_EXPECTED || state == State.OPEN)
        && !answers.many()
        && !(state == State.OPEN && wiring.pressed(device));
  }

  /** Whether a HELLO has come whole. */
  boolean greeted() {
    return request != null;
  }

  /** Whether the server owes the peer something. */
  boolean owing() {
    return answers.owed() > 0;
  }

  /** Whether the session is over but for what is still to be sent. */
  boolean over() {
    return state == State.CLOSING;
  }

  /** Whether it has ended; nothing is sent any more. */
  boolean finished() {
    return ended != null;
  }

  /** How many frames came, right or wrong. */
  int frames() {
    return frames;
  }

  /** The request of the HELLO; null before it. */
  SessionRequest request() {
    return request;
  }

  /** The admission has been decided. */
  void admitted(Outcome<Admission> outcome) {
    Admission admission =
        outcome instanceof Outcome.Committed<Admission> committed
            ? committed.result()
            : new Admission(HelloAck.Result.BUSY, 0, 0, Spread.seconds(), null);
    boolean opens = admission.result().open();
    if (opens) {
      session = new Session(request, admission);
      Delivery start = new Delivery.OfStart(session, clock.instant());
      device = Dispatcher.device(start);
      wiring.note(start);
    }
    if (finished()) {
      // The module did not wait for us; its history still gets a beginning and an end.
      noteEnd();
      return;
    }
    authentication = Authentication.with(admission.key(), hello.seq());
    downlink.authenticate(authentication);
    HelloAck answer = helloAck(admission.result(), admission.retryAfter());
    if (opens) {
      state = state == State.ADMISSION_AWAITED ? State.OPEN : state;
      answers.fill(hello, answer);
    } else {
      boolean refused = outcome instanceof Outcome.Committed;
      answers.fill(hello, answer, refused ? Closing.REJECTED : Closing.STORAGE_UNAVAILABLE);
    }
  }

  /** A frame has been stored, or not. */
  void stored(Slot slot, Outcome<Stored> outcome) {
    if (outcome instanceof Outcome.Committed<Stored> committed
        && committed.result().reply().kind() != Reply.Kind.REFUSED) {
      Stored stored = committed.result();
      Reply reply = stored.reply();
      Packet.Downlink answer =
          reply.kind() == Reply.Kind.BLOCK_BLOCKED
              ? new Reject(Reject.Reason.BLOCK_BLOCKED)
              : new Ack(reply.kind() == Reply.Kind.STORED_BEFORE, reply.pendingCommands());
      answers.fill(slot, answer, stored);
    } else {
      if (outcome instanceof Outcome.Committed<Stored> refused) {
        refused.result().answered(false);
      }
      storageFails(slot);
    }
  }

  /** Storage has not answered for too long: the module is told to come back. */
  void storageLate() {
    state = State.CLOSING;
    if (session == null) {
      answers.fill(
          hello, helloAck(HelloAck.Result.BUSY, Spread.seconds()), Closing.STORAGE_UNAVAILABLE);
    } else {
      storageFails(answers.first());
    }
  }

  private void storageFails(Slot slot) {
    answers.fill(slot, new Reject(Reject.Reason.STORAGE_UNAVAILABLE), Closing.STORAGE_UNAVAILABLE);
  }

  /** The server stops: nothing more is read, what is owed is answered, then the session closes. */
  void serverStops() {
    if (state != State.CLOSING) {
      lastAnswer(0, null, Closing.SERVER_STOPPED);
    }
  }

  /** Closes at once, without waiting for what is owed. */
  void cut(EndReason reason) {
    finish(reason);
  }

  /**
   * The connection is gone.
   *
   * @param reason how the session ended, unless it was closing for a reason of its own
   */
  void disconnected(EndReason reason) {
    finish(intended == null ? reason : intended);
  }

  /** Happens once: later calls and answers find nothing left to do. */
  private void finish(EndReason reason) {
    if (ended == null) {
      ended = reason;
      meters.ended(reason);
      state = State.CLOSING;
      answers.abandon();
      wiring.close(reason);
      noteEnd();
    }
  }

  private void noteEnd() {
    if (session != null) {
      wiring.note(new Delivery.OfEnd(session, clock.instant(), ended, frames));
      session = null;
    }
  }

  private void sent(DueCommand due) {
    long commandId = due.command().commandId();
    wiring.note(new Delivery.OfCommandSent(session, due.block(), clock.instant(), commandId));
  }

  private void parsed(FrameParse parse) {
    frames++;
    meters.frame(FrameKind.of(parse));
    if (parse instanceof FrameParse.Whole whole) {
      whole(whole.frame());
    } else if (parse instanceof FrameParse.BadCrc bad) {
      authentication.damaged();
      reject(bad.seq(), Reject.Reason.BAD_CRC);
    } else if (parse instanceof FrameParse.TooLong tooLong) {
      reject(tooLong.seq(), Reject.Reason.TOO_LONG);
    } else if (parse instanceof FrameParse.UnsupportedVersion other) {
      reject(other.seq(), Reject.Reason.UNSUPPORTED_VERSION);
    } else {
      lastAnswer(0, null, Closing.REJECTED);
    }
  }

  /** The order of checks is the protocol's: HELLO expected, tag, flags, type, structure. */
  private void whole(Frame frame) {
    if (state == State.HELLO_EXPECTED && frame.type() != Hello.TYPE) {
      reject(frame.seq(), Reject.Reason.HELLO_EXPECTED);
    } else if (!authentication.passes(frame)) {
      reject(frame.seq(), Reject.Reason.BAD_TAG);
    } else if (frame.unknownFlags()) {
      reject(frame.seq(), Reject.Reason.MALFORMED);
    } else if (frame.type() == Relay.TYPE && !station()) {
      reject(frame.seq(), Reject.Reason.UNKNOWN_TYPE);
    } else {
      decoded(frame);
    }
  }

  private boolean station() {
    return request != null && request.hello().kind() == DeviceKind.BASE_STATION;
  }

  private void decoded(Frame frame) {
    try {
      packet(frame, PacketDecoder.uplink(frame.type(), frame.payload()));
    } catch (MalformedPacketException e) {
      reject(frame.seq(), Reject.Reason.MALFORMED);
    }
  }

  private void packet(Frame frame, Packet.Uplink packet) {
    if (packet instanceof Hello hello) {
      greet(frame, hello);
    } else if (packet instanceof Relay relay) {
      relayed(answers.reserve(frame.seq(), relay.serial()), relay);
    } else if (packet instanceof Ping) {
      ping(answers.reserve(frame.seq(), 0));
    } else if (packet instanceof Bye) {
      lastAnswer(frame.seq(), null, Closing.BYE);
    } else if (packet instanceof UnknownPacket) {
      reject(frame.seq(), Reject.Reason.UNKNOWN_TYPE);
    } else {
      store(packet, answers.reserve(frame.seq(), 0));
    }
  }

  /** What is wrong inside is the block's fault: it is answered inside and counts for nobody. */
  private void relayed(Slot slot, Relay relay) {
    try {
      Packet.Uplink inner = PacketDecoder.relayed(relay);
      if (inner instanceof UnknownPacket) {
        answers.fill(slot, new Reject(Reject.Reason.UNKNOWN_TYPE));
      } else {
        store(inner, slot);
      }
    } catch (MalformedPacketException e) {
      answers.fill(slot, new Reject(Reject.Reason.MALFORMED));
    }
  }

  private void store(Packet.Uplink packet, Slot slot) {
    Instant now = clock.instant();
    if (packet instanceof Readings readings) {
      answers.brings(slot, readings.records().size());
    }
    Delivery.Frame delivery =
        packet instanceof Readings readings
            ? new Delivery.OfReadings(session, slot.block(), now, readings)
            : packet instanceof Info info
                ? new Delivery.OfInfo(session, slot.block(), now, info)
                : new Delivery.OfResult(session, slot.block(), now, (CommandResult) packet);
    device = Dispatcher.device(delivery);
    wiring.store(delivery, slot);
  }

  /** There is nothing to store, but commands may be due; never for who is not registered. */
  private void ping(Slot slot) {
    if (session.admission().result() == HelloAck.Result.ACCEPTED) {
      wiring.store(new Delivery.OfPing(session, clock.instant()), slot);
    } else {
      answers.fill(slot, new Ack(false, 0));
    }
  }

  private void greet(Frame frame, Hello greeting) {
    if (state == State.OPEN) {
      reject(frame.seq(), Reject.Reason.MALFORMED);
      return;
    }
    request =
        new SessionRequest(
            greeting,
            frame,
            origin.address(),
            origin.port(),
            origin.node(),
            origin.openedAt(),
            origin.full());
    hello = answers.reserve(frame.seq(), 0);
    state = State.ADMISSION_AWAITED;
    wiring.admit(request);
  }

  private void reject(int seq, Reject.Reason reason) {
    Reject answer = new Reject(reason);
    if (reason.closes() || ++faults >= MAX_FAULTS) {
      lastAnswer(seq, answer, Closing.REJECTED);
    } else {
      answers.fill(answers.reserve(seq, 0), answer);
    }
  }

  private void lastAnswer(int seq, Packet.Downlink answer, Closing closing) {
    state = State.CLOSING;
    intended = EndReason.valueOf(closing.name());
    answers.fill(answers.reserve(seq, 0), answer, closing);
  }

  private HelloAck helloAck(HelloAck.Result result, int retryAfter) {
    return new HelloAck(result, clock.instant().getEpochSecond(), retryAfter);
  }
}
