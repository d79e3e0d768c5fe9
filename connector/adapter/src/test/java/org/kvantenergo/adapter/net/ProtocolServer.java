package org.kvantenergo.adapter.net;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.adapter.delivery.BookedStored;
import org.kvantenergo.adapter.delivery.Outcome;
import org.kvantenergo.adapter.fuzz.Server;
import org.kvantenergo.adapter.fuzz.Surroundings;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;

/** {@link SessionProtocol} before the fuzzer; in the place of {@link SessionHandler}. */
public final class ProtocolServer implements Server, SessionProtocol.Wiring {

  private static final Instant AT = Instant.ofEpochSecond(NOW);
  private static final long SESSION = 77;
  private static final AdapterMeters METERS = new AdapterMeters(new SimpleMeterRegistry());

  private final Surroundings surroundings;
  private final SessionProtocol protocol;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Answers.Slot> slots = new ArrayList<>();
  private ByteBuffer unread = ByteBuffer.allocate(0);
  private boolean pressed;

  /** A session on a new connection. */
  public ProtocolServer(Surroundings surroundings, boolean full) {
    this.surroundings = surroundings;
    Origin origin = new Origin("10.0.0.1", 4711, "node", AT.minusSeconds(1), full);
    protocol = new SessionProtocol(this, origin, Clock.fixed(AT, ZoneOffset.UTC), METERS);
  }

  @Override
  public void received(byte[] bytes) {
    unread = ByteBuffer.allocate(unread.remaining() + bytes.length).put(unread).put(bytes).flip();
    advance();
  }

  private void advance() {
    if (unread.hasRemaining() && protocol.reading()) {
      protocol.received(unread);
    }
    if (protocol.over()) {
      unread = ByteBuffer.allocate(0);
    }
  }

  @Override
  public void admitted(Verdict verdict, int retryAfter, byte[] key) {
    if (verdict == Verdict.FAILED) {
      protocol.admitted(new Outcome.Failed<>(new Exception("no database")));
    } else {
      HelloAck.Result result = HelloAck.Result.valueOf(verdict.name());
      long nonce = protocol.request().hello().nonce();
      Admission admission =
          new Admission(
              result,
              result.open() ? SESSION : 0,
              0,
              result == HelloAck.Result.BUSY ? retryAfter : 0,
              key == null ? null : new FrameKey(key, nonce));
      protocol.admitted(new Outcome.Committed<>(admission));
    }
    advance();
  }

  @Override
  public void stored(int request, Fate fate, int pending, List<Due> due) {
    Answers.Slot slot = slots.get(request);
    if (fate == Fate.FAILED) {
      protocol.stored(slot, new Outcome.Failed<>(new Exception("disk full")));
    } else {
      List<DueCommand> commands =
          due.stream()
              .map(d -> new DueCommand(d.block(), new Command(d.id(), d.code(), d.arguments())))
              .toList();
      Reply reply = new Reply(Reply.Kind.valueOf(fate.name()), pending, commands);
      protocol.stored(
          slot,
          new Outcome.Committed<>(
              BookedStored.of(
                  deliveries.get(request),
                  slot.seq(),
                  reply,
                  written -> surroundings.booked(request, written))));
    }
    advance();
  }

  @Override
  public void pressed(boolean now) {
    pressed = now;
    advance();
  }

  @Override
  public void interrupted(Ending ending) {
    switch (ending) {
      case PEER_CLOSED, CONNECTION_LOST -> protocol.disconnected(EndReason.valueOf(ending.name()));
      case TAKEN_OVER, IDLE, STALLED -> protocol.cut(EndReason.valueOf(ending.name()));
      case SERVER_STOPS -> protocol.serverStops();
      case STORAGE_LATE -> {
        if (!protocol.finished() && protocol.greeted() && protocol.owing()) {
          protocol.storageLate();
        }
      }
    }
  }

  @Override
  public void send(byte[] frame) {
    surroundings.sent(frame);
  }

  @Override
  public void close(EndReason reason) {
    surroundings.closed();
  }

  @Override
  public void admit(SessionRequest request) {
    Hello hello = request.hello();
    byte[] nonce = ByteBuffer.allocate(8).putLong(Long.reverseBytes(hello.nonce())).array();
    surroundings.admit(
        new Surroundings.Greeting(
            hello.kind() == DeviceKind.MODULE ? 0 : 1,
            hello.imei(),
            hello.serial(),
            hello.model(),
            hello.firmware(),
            hello.iccid(),
            java.util.HexFormat.of().formatHex(nonce)),
        request.full(),
        java.util.HexFormat.of().formatHex(FrameEncoder.encode(request.frame())));
  }

  @Override
  public void store(Delivery delivery, Answers.Slot slot) {
    require(delivery);
    deliveries.add(delivery);
    slots.add(slot);
    boolean frame = delivery instanceof Delivery.Frame;
    surroundings.store(
        frame ? ((Delivery.Frame) delivery).packet().type() : 5,
        frame ? ((Delivery.Frame) delivery).block() : 0,
        frame ? PacketBytes.of(((Delivery.Frame) delivery).packet()) : new byte[0]);
  }

  @Override
  public void note(Delivery delivery) {
    require(delivery);
    if (delivery instanceof Delivery.OfStart) {
      surroundings.started();
    } else if (delivery instanceof Delivery.OfCommandSent sent) {
      surroundings.commandSent(sent.commandId());
    } else if (delivery instanceof Delivery.OfEnd end) {
      surroundings.ended(end.reason().name(), end.frames());
    } else {
      throw new IllegalStateException("nobody notes " + delivery);
    }
  }

  @Override
  public boolean pressed(long serial) {
    return pressed;
  }

  /** Whatever is delivered belongs to the admitted session and happens now. */
  private void require(Delivery delivery) {
    boolean right =
        delivery.session().admission().sessionId() == SESSION
            && delivery.session().request().equals(protocol.request())
            && delivery.at().equals(AT);
    if (!right) {
      throw new IllegalStateException("of another session or time: " + delivery);
    }
  }
}
