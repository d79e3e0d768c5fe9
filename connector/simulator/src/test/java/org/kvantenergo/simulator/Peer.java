package org.kvantenergo.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** The server's end of the protocol, for tests: stores in memory, and obeys a script. */
public final class Peer implements AutoCloseable {

  /** How the n-th session (from 1) answers a packet; null = as a server that works. */
  public interface Script {
    Packet.Downlink answer(int session, Packet.Uplink question);
  }

  /**
   * What one session sent.
   *
   * @param relayed what came inside RELAY, by the serial of the block
   */
  public record Heard(Hello hello, List<Packet.Uplink> packets, Map<Long, List<Packet>> relayed) {}

  public static final long SERVER_TIME = 1_800_000_000L;

  final Script script;
  private final ServerSocket listening;
  private final Set<String> stored = new HashSet<>();
  private final Map<Long, byte[]> keys = new HashMap<>();
  private final Map<Long, Long> counters = new HashMap<>();
  private final Map<Long, Map<Long, Command>> orders = new HashMap<>();
  private final Map<Long, List<Integer>> results = new LinkedHashMap<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final List<String> sources = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger forged = new AtomicInteger();
  private volatile int patienceMillis;

  public Peer() throws IOException {
    this((session, question) -> null);
  }

  public Peer(Script script) throws IOException {
    this(script, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
  }

  public Peer(Script script, ServerSocket listening) {
    this.script = script;
    this.listening = listening;
    start("accept", this::accept);
  }

  /** A server that closes where a frame stands half-way for half a second. */
  static Peer impatient() throws IOException {
    Peer peer = new Peer();
    peer.patienceMillis = 500;
    return peer;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "peer-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The device of this IMEI, or serial if it has none, has a key. */
  public synchronized void key(long name, byte[] key) {
    keys.put(name, key);
  }

  /** So many of the next ACKs of READINGS carry a wrong tag. */
  void forge(int acks) {
    forged.set(acks);
  }

  boolean forges() {
    return forged.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** A command waits for the device of this serial. */
  synchronized void order(long serial, Command command) {
    orders.computeIfAbsent(serial, s -> new LinkedHashMap<>()).put(command.commandId(), command);
  }

  /** Results that came for a command, in order. */
  public synchronized List<Integer> results(long commandId) {
    return List.copyOf(results.getOrDefault(commandId, List.of()));
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

  /** What devices did against the protocol. */
  public List<String> faults() {
    return faults;
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
        socket.setSoTimeout(patienceMillis);
        int number = sessions.incrementAndGet();
        start("session", () -> new PeerSession(this, number, socket).run());
      }
    } catch (IOException e) {
      // closed
    }
  }

  Heard hello(Hello hello) {
    Heard session = new Heard(hello, new CopyOnWriteArrayList<>(), new HashMap<>());
    heard.add(session);
    return session;
  }

  synchronized byte[] keyOf(Hello hello) {
    return keys.get(hello.imei() == 0 ? hello.serial() : hello.imei());
  }

  /** Whether the session counter has grown. */
  synchronized boolean counts(Hello hello) {
    long counter = hello.nonce() & 0xFFFF_FFFFL;
    Long last = counters.put(hello.serial(), counter);
    return last == null || counter > last;
  }

  void fault(String what) {
    faults.add(what);
  }

  /** Commands of a device that have no result. */
  synchronized List<Command> due(long serial) {
    return List.copyOf(orders.getOrDefault(serial, Map.of()).values());
  }

  /** Whether a result for the command came before. */
  synchronized boolean result(long serial, long commandId, int code) {
    List<Integer> all = results.computeIfAbsent(commandId, id -> new ArrayList<>());
    all.add(code);
    orders.getOrDefault(serial, new HashMap<>()).remove(commandId);
    return all.size() > 1;
  }

  /** Whether any of the records is new. */
  synchronized boolean store(long serial, Readings readings) {
    frames.add(HexFormat.of().formatHex(PacketEncoder.payload(readings)));
    boolean any = false;
    for (Reading record : readings.records()) {
      String bytes = HexFormat.of().formatHex(PacketEncoder.record(record));
      any |= stored.add(serial + " " + bytes);
    }
    return any;
  }

  /** All records that sessions of a module brought, in order. */
  public List<Reading> recordsOf(long imei) {
    List<Reading> records = new ArrayList<>();
    for (Heard session : heard) {
      if (session.hello().imei() == imei) {
        records.addAll(records(session.packets()));
      }
    }
    return records;
  }

  /** All records that base stations relayed for a block, in order. */
  public synchronized List<Reading> recordsOfBlock(long serial) {
    List<Reading> records = new ArrayList<>();
    heard.forEach(
        session -> records.addAll(records(session.relayed().getOrDefault(serial, List.of()))));
    return records;
  }

  private static List<Reading> records(List<? extends Packet> packets) {
    List<Reading> records = new ArrayList<>();
    for (Packet packet : packets) {
      if (packet instanceof Readings readings) {
        records.addAll(readings.records());
      }
    }
    return records;
  }

  synchronized void relayed(Heard session, long serial, Packet packet) {
    session.relayed().computeIfAbsent(serial, s -> new CopyOnWriteArrayList<>()).add(packet);
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
