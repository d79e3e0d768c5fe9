package org.kvantenergo.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;

/** The server's end of the protocol, for tests: stores in memory, and obeys a script. */
public final class Peer implements AutoCloseable {

  /** How the n-th session (from 1) answers a packet; null = as a server that works. */
  public interface Script {
    Packet.Downlink answer(int session, Packet.Uplink question);
  }

  /** What one session sent. */
  public record Heard(Hello hello, List<Packet.Uplink> packets) {}

  public static final long SERVER_TIME = 1_800_000_000L;

  private final ServerSocket listening;
  private final Script script;
  private final Set<String> stored = new HashSet<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final List<String> sources = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();

  public Peer() throws IOException {
    this((session, question) -> null);
  }

  public Peer(Script script) throws IOException {
    this.script = script;
    this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "peer-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Sessions in the order of their HELLO. */
  public List<Heard> heard() {
    return heard;
  }

  /** READINGS payloads in the order of arrival, hex. */
  public List<String> readings() {
    return frames;
  }

  /** Addresses that connections came from. */
  public List<String> sources() {
    return sources;
  }

  /** Different records of all modules. */
  public synchronized int storedRecords() {
    return stored.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sources.add(socket.getInetAddress().getHostAddress());
        int number = sessions.incrementAndGet();
        start("session", () -> session(number, socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void session(int number, Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      ByteBuffer bytes = ByteBuffer.allocate(16_384).limit(0);
      Heard session = null;
      while (true) {
        FrameParse parse = FrameParser.parse(bytes);
        if (parse instanceof FrameParse.Incomplete) {
          bytes.compact();
          int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
          if (read < 0) {
            return;
          }
          bytes.position(bytes.position() + read).flip();
          continue;
        }
        Frame frame = ((FrameParse.Whole) parse).frame();
        Packet.Uplink packet = PacketDecoder.uplink(frame.type(), frame.payload());
        if (packet instanceof Hello hello) {
          session = new Heard(hello, new CopyOnWriteArrayList<>());
          heard.add(session);
        } else {
          session.packets().add(packet);
        }
        if (packet instanceof Bye || !answer(number, session, socket, frame, packet)) {
          return;
        }
      }
    } catch (IOException e) {
      // the module went away
    } catch (MalformedPacketException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean answer(
      int number, Heard session, Socket socket, Frame frame, Packet.Uplink packet)
      throws IOException {
    Packet.Downlink answer = script.answer(number, packet);
    if (answer == null) {
      answer = regular(session, frame, packet);
    }
    byte[] payload = PacketEncoder.payload(answer);
    socket.getOutputStream().write(FrameEncoder.encode(answer.type(), frame.seq(), payload));
    boolean refused = answer instanceof HelloAck ack && !ack.result().open();
    return !refused && !(answer instanceof Reject reject && reject.reason().closes());
  }

  private Packet.Downlink regular(Heard session, Frame frame, Packet.Uplink packet) {
    if (packet instanceof Hello) {
      return new HelloAck(HelloAck.Result.ACCEPTED, SERVER_TIME, 0);
    }
    if (packet instanceof Readings readings) {
      frames.add(HexFormat.of().formatHex(frame.payload()));
      return new Ack(!store(session.hello(), readings), 0);
    }
    return new Ack(false, 0);
  }

  private synchronized boolean store(Hello hello, Readings readings) {
    boolean any = false;
    for (Reading record : readings.records()) {
      String bytes = HexFormat.of().formatHex(PacketEncoder.record(record));
      any |= stored.add(hello.imei() + " " + bytes);
    }
    return any;
  }

  /** All records that sessions of a module brought, in order. */
  public List<Reading> recordsOf(long imei) {
    List<Reading> records = new ArrayList<>();
    for (Heard session : heard) {
      if (session.hello().imei() == imei) {
        for (Packet.Uplink packet : session.packets()) {
          if (packet instanceof Readings readings) {
            records.addAll(readings.records());
          }
        }
      }
    }
    return records;
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
