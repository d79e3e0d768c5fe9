package org.kvantenergo.simulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.ByteBuffer;
import java.util.List;
import org.kvantenergo.simulator.net.FrameRules.Arrival;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.Packet;

/**
 * One TCP session, the device's end; holds the server to the rules of frames. Everything happens on
 * the channel's event loop.
 */
public final class Conversation extends ByteToMessageDecoder {

  private final Listener listener;
  private final Troubles troubles;
  private final FrameRules rules = new FrameRules();
  private ChannelHandlerContext context;
  private String fault;
  private boolean heard;
  private boolean ended;

  Conversation(Listener listener, Troubles troubles) {
    this.listener = listener;
    this.troubles = troubles;
  }

  /** What the owner of a conversation hears. */
  public interface Listener {

    /** Connected, and by TLS if so wished; now it may send. */
    void opened(Conversation conversation);

    /**
     * The server answered.
     *
     * @param question what it answers
     * @param nanos from sending to the answer
     */
    void answered(Packet.Uplink question, Packet.Downlink answer, long nanos);

    /**
     * The server sent a command.
     *
     * @param block serial of the telemetry block it is for; 0 = for the device itself
     */
    void commanded(long block, Command command);

    /**
     * The server departed from the protocol; the connection is being closed.
     *
     * @param how for people
     */
    void departed(String how);

    /**
     * The end; called once, and nothing is called after it.
     *
     * @param fault what went wrong, null if nothing did
     * @param unanswered how many frames got no answer
     */
    void closed(String fault, int unanswered);
  }

  /** From here on everything carries a tag, both ways; what comes without one ends the session. */
  public void authenticate(FrameKey key) {
    rules.authenticate(key);
  }

  /** Sends frames back to back, in one write. */
  public void send(List<? extends Packet.Uplink> packets) {
    ByteBuf out = context.alloc().buffer();
    long now = System.nanoTime();
    for (Packet.Uplink packet : packets) {
      out.writeBytes(rules.next(packet, now));
    }
    ChannelFuture unused = context.writeAndFlush(out);
  }

  /** Sends the first half of a frame, and never the rest. */
  public void sendHalf(Packet.Uplink packet) {
    byte[] frame = rules.next(packet, System.nanoTime());
    sendBytes(frame, 0, frame.length / 2);
  }

  /** Sends bytes, whatever they are. */
  public void sendBytes(byte[] bytes, int offset, int length) {
    ChannelFuture unused =
        context.writeAndFlush(context.alloc().buffer(length).writeBytes(bytes, offset, length));
  }

  /** Whether the connection takes more without queueing it. */
  public boolean writable() {
    return context.channel().isWritable();
  }

  /** Whether everything that was sent has been answered. */
  public boolean allAnswered() {
    return rules.unanswered() == 0;
  }

  /** Closes at once; the listener hears {@code closed}. */
  public void close() {
    ChannelFuture unused = context.close();
  }

  void notOpened(Throwable cause) {
    end(troubles.connecting(cause));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.pipeline().get(SslHandler.class) == null) {
      listener.opened(this);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        listener.opened(this);
      } else {
        fail(troubles.encrypting(handshake.cause()));
      }
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (fault != null) {
      in.skipBytes(in.readableBytes()); // what follows a fault is not believed
      return;
    }
    heard = true;
    ByteBuffer bytes = in.nioBuffer();
    FrameParse parse = FrameParser.parse(bytes);
    String trouble = troubles.reading(parse, in);
    in.skipBytes(bytes.position());
    if (parse instanceof FrameParse.Whole whole) {
      arrived(rules.arrival(whole.frame(), System.nanoTime()));
    } else if (trouble != null) {
      in.skipBytes(in.readableBytes());
      fail(trouble);
    }
  }

  private void arrived(Arrival arrival) {
    if (arrival instanceof Arrival.Answer answer) {
      listener.answered(answer.question(), answer.packet(), answer.nanos());
    } else if (arrival instanceof Arrival.Order order) {
      listener.commanded(order.block(), order.command());
    } else if (arrival instanceof Arrival.Untagged untagged) {
      fail(untagged.why());
    } else {
      String why = ((Arrival.Wrong) arrival).why();
      listener.departed(why);
      fail(why);
    }
  }

  private void fail(String why) {
    if (fault == null) {
      fault = why;
    }
    close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    context = ctx;
    fail(cause.toString());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    end(
        fault == null && !heard
            ? troubles.silent(ctx.pipeline().get(SslHandler.class) != null)
            : fault);
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      listener.closed(why, rules.unanswered());
    }
  }
}
