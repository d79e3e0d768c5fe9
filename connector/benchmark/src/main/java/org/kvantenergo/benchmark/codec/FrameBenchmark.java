package org.kvantenergo.benchmark.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bytes to packet and back, one frame at a time. For JMH; one thread an object. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

  @Param private FrameKind frame;

  private FrameKey key;
  private ByteBuffer bytes;

  /** The frame's bytes, as they came from the network. */
  @Setup
  public void prepare() {
    prepare(frame);
  }

  void prepare(FrameKind kind) {
    frame = kind;
    key = FrameKind.key();
    bytes = ByteBuffer.wrap(kind.encoded(key)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Finds the frame, checks CRC and tag, and reads the packet. */
  @Benchmark
  public Packet decode() throws MalformedPacketException {
    bytes.rewind();
    Frame whole = ((FrameParse.Whole) FrameParser.parse(bytes)).frame();
    if (frame.tagged() && !key.signed(frame.direction(), whole)) {
      throw new IllegalStateException("a wrong tag");
    }
    return frame.direction() == FrameKey.Direction.UP
        ? PacketDecoder.uplink(whole.type(), whole.payload())
        : PacketDecoder.downlink(whole.type(), whole.payload());
  }

  /** Writes the packet and the frame around it. */
  @Benchmark
  public byte[] encode() {
    return frame.encoded(key);
  }
}
