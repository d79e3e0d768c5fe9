package org.kvantenergo.it.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.kvantenergo.it.Talk;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.packet.Ping;

/**
 * Those who only take place: connections that say HELLO and then nothing, others that say HELLO a
 * byte a second, and others that send noise. Who is thrown out comes again. Each kind has a thread.
 */
final class Mob implements AutoCloseable {
  private static final List<InetAddress> SOURCES = Target.range("127.0.0.20", "127.0.0.29");
  private static final int NOISE = 64;
  private static final int GREETING = Frame.HEADER + 39 + 2;

  private final int port;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<SocketChannel> idle = new ArrayList<>();
  private final List<SocketChannel> slow = new ArrayList<>();
  private final List<SocketChannel> noisy = new ArrayList<>();
  private final LongAdder slowThrownOut = new LongAdder();
  private final LongAdder noises = new LongAdder();
  private final Random random = new Random(5642);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int next;
  private int bytesSaid;
  private int pinged;

  Mob(int port) {
    this.port = port;
  }

  /** Connections of modules that nobody knows, admitted and silent; returns when all are. */
  void idle(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = open();
      channel.write(greeting(i + 1));
      idle.add(channel);
    }
    for (SocketChannel channel : idle) {
      ByteBuffer answer = ByteBuffer.allocate(Frame.HEADER + 7 + 2);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        // until the whole HELLO_ACK is there
      }
      if (answer.hasRemaining() || answer.get(Frame.HEADER) != 1) {
        throw new IOException("an idle connection was not admitted: " + answer.get(Frame.HEADER));
      }
    }
    everyMillis(100, () -> keepAlive(Math.max(1, count / 300)));
  }

  /** So many of the idle ones, in turn, say that they are still there: silence ends after 60 s. */
  private void keepAlive(int count) throws IOException {
    byte[] ping = FrameEncoder.encode(Ping.TYPE, 2, new byte[0]);
    for (int i = 0; i < count; i++) {
      idle.get(pinged++ % idle.size()).write(ByteBuffer.wrap(ping));
    }
  }

  /** How many of the idle ones the server still keeps. */
  long idleOpen() throws IOException {
    long open = 0;
    ByteBuffer answers = ByteBuffer.allocate(4096);
    for (SocketChannel channel : idle) {
      channel.configureBlocking(false);
      open += channel.read(answers.clear()) >= 0 ? 1 : 0;
    }
    return open;
  }

  /** Connections that say HELLO so slowly that it never ends in time. */
  void slow(int count) {
    everyMillis(1_000, () -> speakSlowly(count));
  }

  private void speakSlowly(int count) throws IOException {
    refill(slow, count);
    byte[] greeting = greeting(1).array();
    for (SocketChannel channel : List.copyOf(slow)) {
      if (!say(channel, ByteBuffer.wrap(greeting, bytesSaid % GREETING, 1))) {
        slow.remove(channel);
        slowThrownOut.increment();
      }
    }
    // Who comes later begins in the middle, which is noise; most begin with the others.
    bytesSaid = slow.isEmpty() ? 0 : bytesSaid + 1;
  }

  /** So many connections twenty times a second, each with noise; every other one with our magic. */
  void noise(int count) {
    everyMillis(50, () -> makeNoise(count));
  }

  private void makeNoise(int count) throws IOException {
    for (SocketChannel channel : noisy) {
      channel.close();
    }
    noisy.clear();
    refill(noisy, count);
    for (int i = 0; i < noisy.size(); i++) {
      byte[] bytes = new byte[NOISE];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        System.arraycopy(greeting(1).array(), 0, bytes, 0, Frame.HEADER);
      }
      say(noisy.get(i), ByteBuffer.wrap(bytes));
      noises.increment();
    }
  }

  /** Slow ones that the server has closed. */
  long slowThrownOut() {
    return slowThrownOut.sum();
  }

  /** Connections with noise so far. */
  long noises() {
    return noises.sum();
  }

  private void everyMillis(long millis, Action action) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              try {
                action.run();
              } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
              }
            },
            0,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private interface Action {
    void run() throws IOException;
  }

  private void refill(List<SocketChannel> channels, int count) throws IOException {
    while (channels.size() < count) {
      SocketChannel channel = open();
      channel.configureBlocking(false);
      channels.add(channel);
    }
  }

  /** False if the other side has closed. */
  private static boolean say(SocketChannel channel, ByteBuffer bytes) throws IOException {
    try {
      if (channel.read(ByteBuffer.allocate(256)) < 0) {
        channel.close();
        return false;
      }
      channel.write(bytes);
      return true;
    } catch (IOException e) {
      channel.close();
      return false;
    }
  }

  private synchronized SocketChannel open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(new InetSocketAddress(SOURCES.get(next++ % SOURCES.size()), 0));
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return channel;
  }

  private static ByteBuffer greeting(int module) {
    byte[] session = Talk.session(ModuleIdentity.unknown(module), Talk.slice(1, 1, 1));
    return ByteBuffer.wrap(Arrays.copyOf(session, GREETING));
  }

  /**
   * Ends them all.
   *
   * @throws IOException if they stopped being a nuisance before
   */
  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    try {
      clock.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (List<SocketChannel> channels : List.of(idle, slow, noisy)) {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
    if (failure.get() != null) {
      throw new IOException("the crowd gave up", failure.get());
    }
  }
}
