package org.kvantenergo.adapter.net;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.adapter.net.Answers.Slot;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relayed;

/**
 * Turns what a session has to say into frames: wrapped for a telemetry block, numbered, tagged.
 * Frames are made when they go out, because a tag covers the seq and commands are numbered in the
 * order in which they leave. Used by one thread.
 */
final class Downlink {

  private final Consumer<byte[]> connection;
  private final Consumer<DueCommand> sent;
  private final AdapterMeters meters;
  private Authentication authentication = Authentication.none();
  private int lastSeq;

  /**
   * Nothing is sent yet.
   *
   * @param connection takes the bytes of a frame
   * @param sent is told of every command that went out
   * @param meters count the answers
   */
  Downlink(Consumer<byte[]> connection, Consumer<DueCommand> sent, AdapterMeters meters) {
    this.connection = connection;
    this.sent = sent;
    this.meters = meters;
  }

  /** Everything from here on is tagged so. */
  void authenticate(Authentication by) {
    authentication = by;
  }

  /** An answer and the commands that follow it. */
  void send(Slot slot) {
    send(slot.seq(), wrapped(slot.block(), slot.answer()));
    count(slot);
    for (DueCommand due : slot.commands()) {
      lastSeq = Authentication.next(lastSeq);
      send(lastSeq, wrapped(due.block(), due.command()));
      sent.accept(due);
    }
  }

  private void count(Slot slot) {
    if (slot.answer() instanceof HelloAck hello) {
      meters.greeted(hello.result());
    } else if (slot.answer() instanceof Reject reject) {
      meters.rejected(reject.reason());
    } else if (slot.answer() instanceof Ack) {
      meters.acks().record(System.nanoTime() - slot.since(), TimeUnit.NANOSECONDS);
    }
  }

  private void send(int seq, Packet.Downlink packet) {
    byte[] payload = PacketEncoder.payload(packet);
    connection.accept(authentication.encode(packet.type(), seq, payload));
  }

  /** What ends the session is said to the station itself. */
  private static Packet.Downlink wrapped(long block, Packet.Downlink packet) {
    boolean ends = packet instanceof Reject reject && reject.reason().closes();
    return block == 0 || ends ? packet : new Relayed(block, packet);
  }
}
