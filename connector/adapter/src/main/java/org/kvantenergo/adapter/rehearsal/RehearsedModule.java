package org.kvantenergo.adapter.rehearsal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * One session of a module: HELLO, INFO and READINGS at once, as the protocol means it, then some
 * more READINGS one by one, and BYE. On the crowd's thread.
 */
final class RehearsedModule extends ByteToMessageDecoder {

  private static final int FRAMES = 20;
  private static final int FIRST_RECORDS = 4;
  private static final int PAUSE_MILLIS = 4;

  /** 2023-07-22: a clock that nobody doubts. */
  private static final long TIME = 1_690_000_000L;

  private final int serial;
  private final Crowd crowd;
  private long recordNumber;
  private int seq;
  private int sent;
  private int outstanding;

  RehearsedModule(int serial, Crowd crowd) {
    this.serial = serial;
    this.crowd = crowd;
  }

  /** The next session of the same module. */
  RehearsedModule again() {
    RehearsedModule next = new RehearsedModule(serial, crowd);
    next.recordNumber = recordNumber;
    return next;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    Hello hello = new Hello(DeviceKind.MODULE, serial, serial, 642, 0x0104, "", recordNumber);
    Info info = new Info(1, 10, 60, -71, 0, 3, "internet", "", "");
    ctx.writeAndFlush(
        Unpooled.wrappedBuffer(frame(hello), frame(info), frame(readings(FIRST_RECORDS))));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    crowd.left(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    crowd.refused();
    ctx.close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ByteBuffer bytes = in.nioBuffer();
    FrameParse parse = FrameParser.parse(bytes);
    if (parse instanceof FrameParse.Whole whole) {
      in.skipBytes(bytes.position());
      answered(ctx, whole.frame());
    } else if (!(parse instanceof FrameParse.Incomplete)) {
      crowd.refused();
      ctx.close();
    }
  }

  private void answered(ChannelHandlerContext ctx, Frame answer) {
    boolean welcome =
        answer.type() == Ack.TYPE
            || (answer.type() == HelloAck.TYPE
                && answer.payload()[0] == HelloAck.Result.ACCEPTED.code());
    if (!welcome) {
      crowd.refused();
      ctx.close();
    } else if (answer.seq() == seq) {
      crowd.acknowledged(outstanding);
      ctx.executor().schedule(() -> next(ctx), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void next(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(
        Unpooled.wrappedBuffer(frame(sent < FRAMES ? readings(1) : new Bye())), ctx.voidPromise());
  }

  private Readings readings(int count) {
    sent++;
    outstanding = count;
    recordNumber += count;
    return new Readings(
        LongStream.rangeClosed(recordNumber - count + 1, recordNumber)
            .mapToObj(this::record)
            .toList());
  }

  private byte[] frame(Packet packet) {
    seq++;
    return FrameEncoder.encode(packet.type(), seq, PacketEncoder.payload(packet));
  }

  /** One of its own: what another module sent too would look like a repeat to the archive. */
  private Reading record(long number) {
    long time = TIME + number;
    double total = serial + number / 1000.0;
    return new Reading(
        number, time, time, total, 10f, 21f, 3.6f, 0, 0, 0, 0, 0, 4097, -71, 3, 60, number, 24);
  }
}
