package org.kvantenergo.simulator.dialogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** One connection of a script, and what both ends have numbered so far. Used by one thread. */
final class Connection implements AutoCloseable {

  private static final int CHUNK = 8192;
  private static final int LAST_SEQ = 0xFFFF;

  private final Socket socket;
  private final Deque<Integer> owed = new ArrayDeque<>();
  private byte[] received = {};
  private byte[] unsent = {};
  private int lastUp;
  private int lastDown;
  private byte[] key;
  private byte[] nonce = {};
  private long lastSentAt;

  /** What came next. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  sealed interface Received {
    /** A frame, whole. */
    record Whole(byte[] bytes) implements Received {}

    /** The other end closed; bytes that are no whole frame may have come before. */
    record Closed(String how, byte[] bytes) implements Received {}

    /** Nothing, or no more than these bytes. */
    record Silence(byte[] bytes) implements Received {}
  }

  /**
   * Takes a socket over.
   *
   * @param begunAt when it began to connect, System.nanoTime
   */
  Connection(Socket socket, long begunAt) {
    this.socket = socket;
    this.lastSentAt = begunAt;
  }

  /** The session is that of a device with this key; null = without one. */
  void session(byte[] itsKey, byte[] itsNonce) {
    key = itsKey;
    nonce = itsNonce;
  }

  byte[] key() {
    return key;
  }

  byte[] nonce() {
    return nonce;
  }

  /** The number of the next frame of ours, which is thereby used. */
  int nextUp() {
    lastUp = lastUp == LAST_SEQ ? 1 : lastUp + 1;
    return lastUp;
  }

  /** Our numbers go on from here. */
  void lastUp(int seq) {
    lastUp = seq;
  }

  /** The number that the server's next own frame has to have. */
  int nextDown() {
    lastDown = lastDown == LAST_SEQ ? 1 : lastDown + 1;
    return lastDown;
  }

  /** Answers that have not come, by the seq of what they answer, in order. */
  Deque<Integer> owed() {
    return owed;
  }

  /** When something was last sent, or the connection begun: System.nanoTime before it. */
  long lastSentAt() {
    return lastSentAt;
  }

  /** Keeps bytes until {@link #release}, or until more is sent. */
  void hold(byte[] bytes) {
    unsent = RawFrame.joined(unsent, bytes);
  }

  /** What is held back, which is then no longer held. */
  byte[] release() {
    byte[] held = unsent;
    unsent = new byte[0];
    return held;
  }

  /** Sends in pieces of so many bytes. */
  void send(byte[] bytes, int piece) {
    lastSentAt = System.nanoTime();
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        socket.getOutputStream().write(bytes, at, Math.min(piece, bytes.length - at));
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      throw new ScriptException("cannot be sent: " + e.getMessage(), e);
    }
  }

  /** Waits for a frame, for the end, or for the end of the time. */
  Received next(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      int length = RawFrame.length(received);
      if (length > 0 && received.length >= length) {
        return new Received.Whole(take(length));
      }
      Received other = more(end);
      if (other != null) {
        return other;
      }
    }
  }

  /** Waits for so many bytes; fewer if the connection ends or the time is over. */
  byte[] bytes(int count, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (received.length < count && more(end) == null) {
      // What came has been added.
    }
    return take(Math.min(count, received.length));
  }

  private byte[] take(int count) {
    byte[] taken = Arrays.copyOf(received, count);
    received = Arrays.copyOfRange(received, count, received.length);
    return taken;
  }

  /** Adds what comes; null if something did. */
  private Received more(long end) {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      return new Received.Silence(received);
    }
    try {
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
      byte[] chunk = new byte[CHUNK];
      int count = socket.getInputStream().read(chunk);
      if (count < 0) {
        return new Received.Closed("closed", received);
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(received);
      all.write(chunk, 0, count);
      received = all.toByteArray();
      return null;
    } catch (SocketTimeoutException e) {
      return new Received.Silence(received);
    } catch (IOException e) {
      return new Received.Closed(e.getMessage(), received);
    }
  }

  /** Ends it at once: the other end sees a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new ScriptException("cannot be reset: " + e.getMessage(), e);
    }
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new ScriptException("cannot be closed: " + e.getMessage(), e);
    }
  }
}
