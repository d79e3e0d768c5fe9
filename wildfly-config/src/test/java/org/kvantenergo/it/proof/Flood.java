package org.kvantenergo.it.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.kvantenergo.it.Talk;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * Registered modules at one address that send frame after frame, each full of new records, as fast
 * as the server takes them, and read their answers without waiting for any.
 */
final class Flood implements AutoCloseable {
  private static final String SOURCE = "127.0.0.30";

  private final List<Socket> sockets = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LongAdder frames = new LongAdder();
  private final LongAdder answerBytes = new LongAdder();

  /**
   * Begins.
   *
   * @param first number of the first module in the fleet
   * @param connections each of a module of its own
   */
  Flood(int port, int first, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      socket.bind(new InetSocketAddress(InetAddress.getByName(SOURCE), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      ModuleIdentity module = ModuleIdentity.ofFleet(first + i);
      threads.execute(() -> send(socket, module));
      threads.execute(() -> read(socket));
    }
  }

  private void send(Socket socket, ModuleIdentity module) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(Talk.session(module, Talk.slice(1, Instant.now().getEpochSecond(), 1)));
      long number = 2;
      for (int seq = 4; ; seq = seq % 0xFFFF + 1) {
        Reading[] records = new Reading[Readings.MAX_RECORDS];
        for (int i = 0; i < records.length; i++) {
          records[i] = Talk.slice(number++, Instant.now().getEpochSecond(), 1);
        }
        out.write(Talk.readings(seq, records));
        frames.increment();
      }
    } catch (IOException e) {
      // Thrown out, or over: both are an end.
    }
  }

  private void read(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      byte[] bytes = new byte[4096];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        answerBytes.add(count);
      }
    } catch (IOException e) {
      // As above.
    }
  }

  /** Frames that the server has taken off our hands. */
  long frames() {
    return frames.sum();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdown();
    try {
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
