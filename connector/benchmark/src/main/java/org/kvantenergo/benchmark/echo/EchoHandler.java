package org.kvantenergo.benchmark.echo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Relay;
import org.kvantenergo.wire.packet.Relayed;

/**
 * One session: looks at the headers of frames and answers. Neither CRC nor payload is looked at,
 * but for the serial that the answer to a relayed frame repeats.
 */
final class EchoHandler extends ChannelInboundHandlerAdapter {

  private static final long LINGER_SECONDS = 2;
  private static final int TYPE_AT = 4;
  private static final int SEQ_AT = 5;
  private static final int LENGTH_AT = 7;
  private static final int AROUND_PAYLOAD = Frame.HEADER + 2;
  private static final Ack STORED = new Ack(false, 0);
  private static final byte[] STORED_PAYLOAD = PacketEncoder.payload(STORED);

  private ByteBuf received = Unpooled.EMPTY_BUFFER;
  private ScheduledFuture<?> lingering;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (lingering != null) {
      bytes.release();
      return;
    }
    received =
        received.isReadable()
            ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes)
            : swap(bytes);
    while (lingering == null && whole() > 0) {
      answer(ctx);
    }
    if (!received.isReadable()) {
      swap(Unpooled.EMPTY_BUFFER);
    }
    ctx.flush();
  }

  /** Length of the frame at the reader index, if all of it is there; else 0. */
  private int whole() {
    int readable = received.readableBytes();
    if (readable < AROUND_PAYLOAD) {
      return 0;
    }
    int length = AROUND_PAYLOAD + received.getUnsignedShortLE(received.readerIndex() + LENGTH_AT);
    return readable < length ? 0 : length;
  }

  private void answer(ChannelHandlerContext ctx) {
    int start = received.readerIndex();
    int type = received.getUnsignedByte(start + TYPE_AT);
    int seq = received.getUnsignedShortLE(start + SEQ_AT);
    switch (type) {
      case Bye.TYPE -> leave(ctx);
      case Hello.TYPE -> {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        HelloAck accepted = new HelloAck(HelloAck.Result.ACCEPTED, now, 0);
        send(ctx, HelloAck.TYPE, seq, PacketEncoder.payload(accepted));
      }
      case Relay.TYPE -> {
        long serial = received.getLongLE(start + Frame.HEADER);
        send(ctx, Relayed.TYPE, seq, PacketEncoder.payload(new Relayed(serial, STORED)));
      }
      default -> send(ctx, Ack.TYPE, seq, STORED_PAYLOAD);
    }
    received.skipBytes(whole());
  }

  private static void send(ChannelHandlerContext ctx, int type, int seq, byte[] payload) {
    ctx.write(Unpooled.wrappedBuffer(FrameEncoder.encode(type, seq, payload)), ctx.voidPromise());
  }

  /** As the adapter does: the end of our stream, then the peer's; not for ever. */
  private void leave(ChannelHandlerContext ctx) {
    Channel channel = ctx.channel();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
    lingering = ctx.executor().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    swap(Unpooled.EMPTY_BUFFER);
    if (lingering != null) {
      lingering.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      System.err.println(ctx.channel().remoteAddress() + ": " + cause);
    }
    ctx.close();
  }

  private ByteBuf swap(ByteBuf next) {
    received.release();
    received = next;
    return next;
  }
}
