package org.kvantenergo.simulator.net;

import java.util.ArrayDeque;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameKey.Direction;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Relayed;

/**
 * The device's end of what holds for every frame: numbers and tags what is sent; holds the server
 * to answering in order, with the same numbers, to numbering its commands, and to tags. Knows no
 * socket; used by one thread.
 */
final class FrameRules {

  private final ArrayDeque<Question> questions = new ArrayDeque<>(4);
  private FrameKey key;
  private int lastSeq;
  private int lastCommandSeq;

  private record Question(Packet.Uplink packet, int seq, long sentNanos) {}

  /** What a frame of the server's is. */
  sealed interface Arrival {

    /**
     * An answer.
     *
     * @param question what it answers
     * @param nanos since it was sent
     */
    record Answer(Packet.Uplink question, Packet.Downlink packet, long nanos) implements Arrival {}

    /**
     * A command.
     *
     * @param block serial of the telemetry block it is for; 0 = for the device itself
     */
    record Order(long block, Command command) implements Arrival {}

    /** Not to be believed: it counts as not received. */
    record Untagged(String why) implements Arrival {}

    /** Not what the protocol allows. */
    record Wrong(String why) implements Arrival {}
  }

  /** From here on everything carries a tag, both ways. */
  void authenticate(FrameKey by) {
    key = by;
  }

  /** The bytes of the next frame; its answer is awaited from now on. */
  byte[] next(Packet.Uplink packet, long nowNanos) {
    lastSeq = following(lastSeq);
    if (!(packet instanceof Bye)) {
      questions.add(new Question(packet, lastSeq, nowNanos));
    }
    byte[] payload = PacketEncoder.payload(packet);
    return key == null
        ? FrameEncoder.encode(packet.type(), lastSeq, payload)
        : key.encode(Direction.UP, packet.type(), lastSeq, payload);
  }

  /** How many frames have no answer. */
  int unanswered() {
    return questions.size();
  }

  /** What a frame of the server's is. */
  Arrival arrival(Frame frame, long nowNanos) {
    if (key != null && !key.signed(Direction.DOWN, frame)) {
      return new Arrival.Untagged(
          frame.type() == HelloAck.TYPE
              ? "HELLO_ACK without a right tag: the server has no key for this device, or another one"
              : "no right tag on a frame of type %02X".formatted(frame.type()));
    }
    Packet.Downlink packet;
    try {
      packet = PacketDecoder.downlink(frame.type(), frame.payload());
    } catch (MalformedPacketException | IllegalArgumentException e) {
      return new Arrival.Wrong("answer not understood: " + e.getMessage());
    }
    if (packet instanceof Command command) {
      return order(frame.seq(), 0, command);
    }
    if (packet instanceof Relayed relayed && relayed.inner() instanceof Command command) {
      return order(frame.seq(), relayed.serial(), command);
    }
    Question question = questions.poll();
    if (question == null || question.seq() != frame.seq()) {
      return new Arrival.Wrong(
          "answer of type %02X to seq %d, not to %s"
              .formatted(frame.type(), frame.seq(), question));
    }
    return new Arrival.Answer(question.packet(), packet, nowNanos - question.sentNanos());
  }

  private Arrival order(int seq, long block, Command command) {
    lastCommandSeq = following(lastCommandSeq);
    return seq == lastCommandSeq
        ? new Arrival.Order(block, command)
        : new Arrival.Wrong("COMMAND has seq %d, not %d".formatted(seq, lastCommandSeq));
  }

  /** 1, 2, … 65535, 1 … */
  private static int following(int seq) {
    return seq % 0xFFFF + 1;
  }
}
