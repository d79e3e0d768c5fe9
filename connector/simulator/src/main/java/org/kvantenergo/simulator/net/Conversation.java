package org.kvantenergo.simulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;

/**
 * One TCP session, the module's end: numbers what it sends, and holds the server to answering in
 * order with the same numbers. Everything happens on the channel's event loop.
 */
public final class Conversation extends ByteToMessageDecoder {

  private final Listener listener;
  private final ArrayDeque<Question> questions = new ArrayDeque<>(4);
  private ChannelHandlerContext context;
  private int lastSeq;
  private String fault;
  private boolean ended;

  Conversation(Listener listener) {
    this.listener = listener;
  }

  /** What the owner of a conversation hears. */
  public interface Listener {

    /** Connected; now it may send. */
    void opened(Conversation conversation);

    /**
     * The server answered.
     *
     * @param question what it answers
     * @param nanos from sending to the answer
     */
    void answered(Packet.Uplink question, Packet.Downlink answer, long nanos);

    /**
     * The end; called once, and nothing is called after it.
     *
     * @param fault what went wrong, null if nothing did
     * @param unanswered how many frames got no answer
     */
    void closed(String fault, int unanswered);
  }

  private record Question(Packet.Uplink packet, int seq, long sentNanos) {}

  /** Sends frames back to back, in one write. */
  public void send(List<? extends Packet.Uplink> packets) {
    ByteBuf out = context.alloc().buffer();
    long now = System.nanoTime();
    for (Packet.Uplink packet : packets) {
      lastSeq = lastSeq % 0xFFFF + 1;
      out.writeBytes(FrameEncoder.encode(packet.type(), lastSeq, PacketEncoder.payload(packet)));
      if (!(packet instanceof Bye)) {
        questions.add(new Question(packet, lastSeq, now));
      }
    }
    ChannelFuture unused = context.writeAndFlush(out);
  }

  /** Whether everything that was sent has been answered. */
  public boolean allAnswered() {
    return questions.isEmpty();
  }

  /** Closes at once; the listener hears {@code closed}. */
  public void close() {
    ChannelFuture unused = context.close();
  }

  void notOpened(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    end("no connection: " + root.getMessage());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    listener.opened(this);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ByteBuffer bytes = in.nioBuffer();
    FrameParse parse = FrameParser.parse(bytes);
    in.skipBytes(bytes.position());
    if (parse instanceof FrameParse.Whole whole) {
      answered(whole.frame());
    } else if (!(parse instanceof FrameParse.Incomplete)) {
      in.skipBytes(in.readableBytes());
      fail("the server sent " + parse);
    }
  }

  private void answered(Frame frame) {
    Question question = questions.poll();
    if (question == null || question.seq() != frame.seq()) {
      fail(
          "answer of type %02X to seq %d, not to %s"
              .formatted(frame.type(), frame.seq(), question));
      return;
    }
    try {
      Packet.Downlink answer = PacketDecoder.downlink(frame.type(), frame.payload());
      listener.answered(question.packet(), answer, System.nanoTime() - question.sentNanos());
    } catch (MalformedPacketException e) {
      fail("answer not understood: " + e.getMessage());
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
    end(fault);
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      listener.closed(why, questions.size());
    }
  }
}
