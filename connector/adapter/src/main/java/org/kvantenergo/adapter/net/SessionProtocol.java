package org.kvantenergo.adapter.net;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.kvantenergo.adapter.delivery.Outcome;
import org.kvantenergo.adapter.net.Answers.Closing;
import org.kvantenergo.adapter.net.Answers.Slot;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.UnknownPacket;

/**
 * One session's side of docs/protocol.md: what is answered to which bytes, in which order, and when
 * it is over. Knows no socket and no timer; used by one thread.
 */
final class SessionProtocol {

  /** Answers owed at once from which on a session is not read further. */
  static final int MAX_OWED = 32;

  private static final int MAX_FAULTS = 3;

  private final Wiring wiring;
  private final Origin origin;
  private final Clock clock;
  private final Answers answers;
  private State state = State.HELLO_EXPECTED;
  private Session session;
  private SessionRequest request;
  private Ticket hello;
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
    void close();

    /** Asks for admission; answered by {@link #admitted}. */
    void admit(SessionRequest request);

    /** Stores; answered by {@link #stored} with the same ticket. */
    void store(Delivery delivery, Ticket ticket);

    /** Stores the end of the session; nobody waits. */
    void ended(Delivery.OfEnd end);

    /** Whether storage asks this device to pause. */
    boolean pressed(long serial);
  }

  /**
   * Where a session comes from.
   *
   * @param remoteAddress IP address and port of the peer
   * @param node name of this server
   * @param openedAt when the connection was accepted
   * @param busyFor s after which the peer should come back; 0 = there is room for it
   */
  record Origin(String remoteAddress, String node, Instant openedAt, int busyFor) {}

  /** The answer that a stored frame will get. */
  static final class Ticket {
    private final Slot slot;
    private final int seq;

    private Ticket(Slot slot, int seq) {
      this.slot = slot;
      this.seq = seq;
    }
  }

  SessionProtocol(Wiring wiring, Origin origin, Clock clock) {
    this.wiring = wiring;
    this.origin = origin;
    this.clock = clock;
    this.answers = new Answers(this::send, closing -> finish(EndReason.valueOf(closing.name())));
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
        && answers.owed() < MAX_OWED
        && !(state == State.OPEN && wiring.pressed(request.hello().serial()));
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
            : new Admission(HelloAck.Result.BUSY, 0, 0, Spread.seconds());
    boolean opens = admission.result().open();
    if (opens) {
      session = new Session(request, admission);
    }
    if (finished()) {
      // The module did not wait for us; its history still gets a beginning and an end.
      tellEnd();
      return;
    }
    byte[] answer = helloAck(hello.seq, admission.result(), admission.retryAfter());
    if (opens) {
      state = state == State.ADMISSION_AWAITED ? State.OPEN : state;
      answers.fill(hello.slot, answer);
    } else {
      boolean refused = outcome instanceof Outcome.Committed;
      answers.fill(hello.slot, answer, refused ? Closing.REJECTED : Closing.STORAGE_UNAVAILABLE);
    }
  }

  /** A frame has been stored, or not. */
  void stored(Ticket ticket, Outcome<Reply> outcome) {
    if (outcome instanceof Outcome.Committed<Reply> committed) {
      Reply reply = committed.result();
      answers.fill(
          ticket.slot, frame(ticket.seq, new Ack(reply.alreadyStored(), reply.pendingCommands())));
    } else {
      answers.fill(
          ticket.slot,
          frame(ticket.seq, new Reject(Reject.Reason.STORAGE_UNAVAILABLE)),
          Closing.STORAGE_UNAVAILABLE);
    }
  }

  /** The server stops: nothing more is read, what is owed is answered, then the session closes. */
  void serverStops() {
    if (state != State.CLOSING) {
      lastAnswer(null, Closing.SERVER_STOPPED);
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
      state = State.CLOSING;
      wiring.close();
      tellEnd();
    }
  }

  private void tellEnd() {
    if (session != null) {
      wiring.ended(new Delivery.OfEnd(session, clock.instant(), ended, frames));
      session = null;
    }
  }

  private void send(byte[] answer) {
    if (ended == null) {
      wiring.send(answer);
    }
  }

  private void parsed(FrameParse parse) {
    frames++;
    if (parse instanceof FrameParse.Whole whole) {
      whole(whole.frame());
    } else if (parse instanceof FrameParse.BadCrc bad) {
      reject(bad.seq(), Reject.Reason.BAD_CRC);
    } else if (parse instanceof FrameParse.TooLong tooLong) {
      reject(tooLong.seq(), Reject.Reason.TOO_LONG);
    } else if (parse instanceof FrameParse.UnsupportedVersion other) {
      reject(other.seq(), Reject.Reason.UNSUPPORTED_VERSION);
    } else {
      lastAnswer(null, Closing.REJECTED);
    }
  }

  /** The order of checks is the protocol's: HELLO expected, flags, type, structure. */
  private void whole(Frame frame) {
    if (state == State.HELLO_EXPECTED && frame.type() != Hello.TYPE) {
      reject(frame.seq(), Reject.Reason.HELLO_EXPECTED);
      return;
    }
    if (frame.unknownFlags()) {
      reject(frame.seq(), Reject.Reason.MALFORMED);
      return;
    }
    try {
      packet(frame, PacketDecoder.uplink(frame.type(), frame.payload()));
    } catch (MalformedPacketException e) {
      reject(frame.seq(), Reject.Reason.MALFORMED);
    }
  }

  private void packet(Frame frame, Packet.Uplink packet) {
    if (packet instanceof Hello hello) {
      greet(frame, hello);
    } else if (packet instanceof Readings readings) {
      Ticket ticket = new Ticket(answers.reserve(), frame.seq());
      wiring.store(new Delivery.OfReadings(session, clock.instant(), readings), ticket);
    } else if (packet instanceof Info info) {
      Ticket ticket = new Ticket(answers.reserve(), frame.seq());
      wiring.store(new Delivery.OfInfo(session, clock.instant(), info), ticket);
    } else if (packet instanceof Ping) {
      answers.fill(answers.reserve(), frame(frame.seq(), new Ack(false, 0)));
    } else if (packet instanceof Bye) {
      lastAnswer(null, Closing.BYE);
    } else if (packet instanceof UnknownPacket) {
      reject(frame.seq(), Reject.Reason.UNKNOWN_TYPE);
    }
  }

  private void greet(Frame frame, Hello hello) {
    if (state == State.OPEN) {
      reject(frame.seq(), Reject.Reason.MALFORMED);
      return;
    }
    if (origin.busyFor > 0) {
      lastAnswer(helloAck(frame.seq(), HelloAck.Result.BUSY, origin.busyFor), Closing.REJECTED);
      return;
    }
    request =
        new SessionRequest(
            hello, frame.authenticated(), origin.remoteAddress, origin.node, origin.openedAt);
    this.hello = new Ticket(answers.reserve(), frame.seq());
    state = State.ADMISSION_AWAITED;
    wiring.admit(request);
  }

  private void reject(int seq, Reject.Reason reason) {
    byte[] answer = frame(seq, new Reject(reason));
    if (reason.closes() || ++faults >= MAX_FAULTS) {
      lastAnswer(answer, Closing.REJECTED);
    } else {
      answers.fill(answers.reserve(), answer);
    }
  }

  private void lastAnswer(byte[] answer, Closing closing) {
    state = State.CLOSING;
    intended = EndReason.valueOf(closing.name());
    answers.fill(answers.reserve(), answer, closing);
  }

  private byte[] helloAck(int seq, HelloAck.Result result, int retryAfter) {
    long now = clock.instant().getEpochSecond();
    return frame(seq, new HelloAck(result, now, retryAfter));
  }

  private static byte[] frame(int seq, Packet.Downlink packet) {
    return FrameEncoder.encode(packet.type(), seq, PacketEncoder.payload(packet));
  }
}
