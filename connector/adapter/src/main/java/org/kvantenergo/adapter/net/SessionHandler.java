package org.kvantenergo.adapter.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.adapter.AdapterLog;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.Outcome;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.HelloAck;

/**
 * Moves bytes, timers and outcomes between a connection and its {@link SessionProtocol}. Everything
 * happens on the channel's event loop; outcomes come from work threads and are handed over to it.
 */
final class SessionHandler extends ChannelInboundHandlerAdapter implements SessionProtocol.Wiring {

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long SHORTEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Dispatcher dispatcher;
  private final Sessions sessions;
  private final TimeLimits limits;
  private final Origin origin;
  private final long longestLook;
  private final SessionProtocol protocol;
  private ChannelHandlerContext context;
  private long sessionId;
  private ByteBuf received = Unpooled.EMPTY_BUFFER;
  private HelloAck.Result result;
  private long connectedAt;
  private long lastFrameAt;
  private long lastByteAt;
  private long owingSince;
  private int framesSeen;
  private boolean resumeAsked;
  private volatile boolean left;
  private boolean saidBye;
  private ScheduledFuture<?> look;
  private ScheduledFuture<?> lingering;
  private ScheduledFuture<?> starting;
  private Delivery.OfStart start;

  SessionHandler(
      Dispatcher dispatcher,
      Sessions sessions,
      TimeLimits limits,
      Origin origin,
      Clock clock,
      AdapterMeters meters) {
    this.dispatcher = dispatcher;
    this.sessions = sessions;
    this.limits = limits;
    this.origin = origin;
    this.longestLook = limits.shortestNanos();
    this.protocol = new SessionProtocol(this, origin, clock, meters);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connectedAt = System.nanoTime();
    lastFrameAt = connectedAt;
    lastByteAt = connectedAt;
    sessions.opened(this);
    checkIn(longestLook);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lastByteAt = System.nanoTime();
    ByteBuf bytes = (ByteBuf) message;
    received =
        received.isReadable()
            ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes)
            : swap(bytes);
    advance();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone(EndReason.PEER_CLOSED);
  }

  /** A peer that does not read its answers is not read either, until it does. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    onLoop(() -> {});
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A decoder's exception is a TLS handshake that the peer got wrong.
    if (!(cause instanceof IOException || cause instanceof DecoderException)) {
      AdapterLog.SESSION_FAULT.sayOccasionally(cause, ctx.channel().remoteAddress(), cause);
    }
    protocol.disconnected(EndReason.CONNECTION_LOST);
    if (saidBye) {
      depart(true);
    }
  }

  @Override
  public void send(byte[] frame) {
    owingSince = System.nanoTime();
    context.write(Unpooled.wrappedBuffer(frame), context.voidPromise());
  }

  @Override
  public void close(EndReason reason) {
    left = true;
    // Who says goodbye has nothing more to say, but for bytes that are here already: see advance.
    saidBye = reason == EndReason.BYE;
    if (!saidBye) {
      linger();
    }
  }

  /**
   * Sends the end of the stream and goes on reading for a moment: closing a socket with unread
   * bytes would reset the connection, and the peer might never see its last answers.
   */
  private void linger() {
    Channel channel = context.channel();
    if (channel.isActive()) {
      context.flush();
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      ChannelFuture last =
          tls == null ? context.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
      last.addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
      lingering =
          context.executor().schedule(() -> channel.close(), LINGER_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void admit(SessionRequest request) {
    dispatcher.admit(request, () -> left, outcome -> onLoop(() -> admitted(request, outcome)));
  }

  @Override
  public void store(Delivery delivery, Answers.Slot slot) {
    noteStart();
    dispatcher.store(delivery, slot.seq(), outcome -> onLoop(() -> protocol.stored(slot, outcome)));
  }

  @Override
  public void note(Delivery delivery) {
    if (delivery instanceof Delivery.OfStart of) {
      start = of;
      starting =
          context.executor().schedule(this::noteStart, Spread.startNanos(), TimeUnit.NANOSECONDS);
    } else {
      noteStart();
      dispatcher.note(delivery);
    }
  }

  /**
   * The start of a session is stored together with its first frame, or after a while without one.
   * That of a silent session is in no hurry: ten thousand of them must not stand before those who
   * report.
   */
  private void noteStart() {
    if (start != null) {
      dispatcher.note(start);
      start = null;
      cancel(starting);
    }
  }

  @Override
  public boolean pressed(long device) {
    if (!dispatcher.full(device)) {
      return false;
    }
    if (!resumeAsked) {
      resumeAsked = true;
      dispatcher.whenRoom(device, () -> onLoop(() -> resumeAsked = false));
    }
    return true;
  }

  /** Grows with time over all sessions; 0 before the admission. */
  long sessionId() {
    return sessionId;
  }

  /** IP address of the peer. */
  String address() {
    return origin.address();
  }

  /** Closes this session because a newer one of its device was accepted; any thread. */
  void takenOver() {
    onLoop(() -> protocol.cut(EndReason.TAKEN_OVER));
  }

  /** The server stops; any thread. */
  void serverStops() {
    onLoop(protocol::serverStops);
  }

  private void admitted(SessionRequest request, Outcome<Admission> outcome) {
    if (outcome instanceof Outcome.Committed<Admission> committed
        && committed.result().result().open()
        && !protocol.finished()) {
      result = committed.result().result();
      sessionId = committed.result().sessionId();
      SessionHandler older = sessions.admitted(request.identity(), result, this);
      if (older != null) {
        older.takenOver();
      }
    }
    protocol.admitted(outcome);
  }

  /** Every outcome may allow more to be read and owes the peer a flush. */
  private void onLoop(Runnable action) {
    try {
      context.executor().execute(() -> guarded(action));
    } catch (RejectedExecutionException e) {
      // The loops are shut down and with them the connection: nobody waits for this any more.
    }
  }

  private void guarded(Runnable action) {
    try {
      action.run();
      advance();
    } catch (RuntimeException e) {
      exceptionCaught(context, e);
    }
  }

  private void advance() {
    if (received.isReadable() && protocol.reading()) {
      ByteBuffer in = received.nioBuffer();
      int length = in.remaining();
      if (!protocol.owing()) {
        owingSince = lastByteAt;
      }
      protocol.received(in);
      received.skipBytes(length - in.remaining());
    }
    boolean unread = received.isReadable();
    if (protocol.over() || !unread) {
      swap(Unpooled.EMPTY_BUFFER);
    }
    if (protocol.frames() != framesSeen) {
      framesSeen = protocol.frames();
      lastFrameAt = System.nanoTime();
    }
    context.flush();
    if (saidBye) {
      depart(unread);
      return;
    }
    boolean takesMore = protocol.reading() && context.channel().isWritable();
    context.channel().config().setAutoRead(takesMore || protocol.over());
  }

  private void depart(boolean unread) {
    saidBye = false;
    if (unread) {
      linger();
    } else {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> context.close());
    }
  }

  private ByteBuf swap(ByteBuf next) {
    received.release();
    received = next;
    return next;
  }

  private void gone(EndReason reason) {
    protocol.disconnected(reason);
    if (result != null) {
      sessions.closed(protocol.request().identity(), result, this);
    } else {
      sessions.closed(this);
    }
    swap(Unpooled.EMPTY_BUFFER);
    cancel(look);
    cancel(lingering);
  }

  /** One timer a session: it looks what is overdue and sets itself to the next possible moment. */
  private void checkIn(long nanos) {
    look =
        context
            .executor()
            .schedule(
                () -> {
                  if (context.channel().isActive()) {
                    checkIn(overdue());
                  }
                },
                Math.max(Math.min(nanos, longestLook), SHORTEST_LOOK_NANOS),
                TimeUnit.NANOSECONDS);
  }

  /** A timer that is still to come holds the whole session: thousands a second would pile up. */
  private static void cancel(ScheduledFuture<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Closes what is overdue; returns when to look again, ns. */
  private long overdue() {
    if (protocol.finished()) {
      return LINGER_NANOS;
    }
    long now = System.nanoTime();
    if (!protocol.greeted()) {
      long left = connectedAt + limits.hello().toNanos() - now;
      return left > 0 ? left : cut(EndReason.STALLED);
    }
    if (protocol.owing()) {
      long patience = owingSince + limits.storage().toNanos() - now;
      if (patience <= 0) {
        AdapterLog.TOO_LATE.sayOccasionally(null, limits.storage().toSeconds(), origin.address());
        guarded(protocol::storageLate);
        return LINGER_NANOS;
      }
    }
    if (protocol.owing() || !protocol.reading()) {
      // The peer waits for us; its silence counts from our answer on.
      lastFrameAt = now;
      lastByteAt = now;
      return longestLook;
    }
    long idle = lastFrameAt + idleLimit() - now;
    if (idle <= 0) {
      return cut(EndReason.IDLE);
    }
    long stall = lastByteAt + limits.stall().toNanos() - now;
    if (!received.isReadable()) {
      return idle;
    }
    return stall > 0 ? Math.min(idle, stall) : cut(EndReason.STALLED);
  }

  private long idleLimit() {
    return (protocol.request().hello().kind() == DeviceKind.BASE_STATION
            ? limits.stationIdle()
            : limits.moduleIdle())
        .toNanos();
  }

  private long cut(EndReason reason) {
    protocol.cut(reason);
    return LINGER_NANOS;
  }
}
