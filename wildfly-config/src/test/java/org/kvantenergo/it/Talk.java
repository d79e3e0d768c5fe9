package org.kvantenergo.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** A session written by hand: bytes out in whatever pieces a test wants, answers in. */
public final class Talk implements AutoCloseable {

  /** Two sessions in a second are two. */
  private static final AtomicLong COUNTER = new AtomicLong();

  private static final int ANSWER_MILLIS = 60_000;

  private final Socket socket;

  /**
   * An answer with the frame it belongs to.
   *
   * @param seq of the frame that it answers
   * @param packet what it says
   */
  public record Answer(int seq, Packet.Downlink packet) {}

  public Talk(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MILLIS);
  }

  /** HELLO, INFO and READINGS with these records, as a module sends them back to back. */
  public static byte[] session(ModuleIdentity module, Reading... records) {
    return session(module, null, records);
  }

  /**
   * The same, tagged.
   *
   * @param key 32 bytes; null for no tags. Each session has a greater counter than all before
   */
  static byte[] session(ModuleIdentity module, byte[] key, Reading... records) {
    long nonce =
        key == null
            ? System.nanoTime()
            : COUNTER.updateAndGet(last -> Math.max(last + 1, Instant.now().getEpochSecond()));
    Hello hello =
        new Hello(
            DeviceKind.MODULE,
            module.imei(),
            module.serial(),
            module.model(),
            module.firmware(),
            module.iccid(),
            nonce);
    Info info = new Info(1, 0, 60, -75, 0, 3, "internet", "", "");
    List<byte[]> frames = new ArrayList<>();
    int seq = 1;
    for (Packet packet : List.of(hello, info, new Readings(List.of(records)))) {
      byte[] payload = PacketEncoder.payload(packet);
      frames.add(
          key == null
              ? FrameEncoder.encode(packet.type(), seq, payload)
              : new FrameKey(key, nonce)
                  .encode(FrameKey.Direction.UP, packet.type(), seq, payload));
      seq++;
    }
    ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(frame -> frame.length).sum());
    frames.forEach(all::put);
    return all.array();
  }

  /** A frame of READINGS. */
  public static byte[] readings(int seq, Reading... records) {
    return FrameEncoder.encode(
        Readings.TYPE, seq, PacketEncoder.payload(new Readings(List.of(records))));
  }

  /** A plain slice. */
  public static Reading slice(long number, long moduleTime, double reading) {
    return new Reading(
        number,
        moduleTime,
        moduleTime - moduleTime % 3600,
        reading,
        0.08f,
        21.5f,
        3.64f,
        0,
        0,
        0,
        0,
        0,
        4097,
        -75,
        0,
        60,
        number,
        24);
  }

  public void sendAtOnce(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendByteByByte(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    for (byte each : bytes) {
      out.write(each);
      out.flush();
    }
  }

  public Answer answer() throws Exception {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = new byte[Frame.HEADER];
    in.readFully(header);
    int length = (header[7] & 0xFF) | (header[8] & 0xFF) << 8;
    int tagAndCrc = ((header[3] & Frame.AUTH) != 0 ? Frame.TAG : 0) + 2;
    byte[] whole = java.util.Arrays.copyOf(header, Frame.HEADER + length + tagAndCrc);
    in.readFully(whole, Frame.HEADER, length + tagAndCrc);
    FrameParse parse = FrameParser.parse(ByteBuffer.wrap(whole));
    if (parse instanceof FrameParse.Whole found) {
      Frame frame = found.frame();
      return new Answer(frame.seq(), PacketDecoder.downlink(frame.type(), frame.payload()));
    }
    throw new IOException("Not a frame: " + parse);
  }

  public List<Answer> answers(int count) throws Exception {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(answer());
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
