package org.kvantenergo.adapter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relayed;

/** What modules send and how tests read what they get. */
public final class ModuleFrames {

  private ModuleFrames() {}

  /** A module's HELLO; its IMEI follows from its serial. */
  public static byte[] hello(int seq, long serial) {
    return frame(seq, helloPacket(DeviceKind.MODULE, serial));
  }

  /** The packet of a HELLO. */
  public static Hello helloPacket(DeviceKind kind, long serial) {
    return new Hello(kind, 860_000_000_000_000L + serial, serial, 642, 0x0104, "", 7);
  }

  /** An INFO. */
  public static byte[] info(int seq) {
    return frame(seq, new Info(1, 10, 60, -71, 2, 3, "internet", "gdata", "gdata"));
  }

  /** A READINGS with one record a number. */
  public static byte[] readings(int seq, long... recordNumbers) {
    return frame(
        seq, new Readings(LongStream.of(recordNumbers).mapToObj(ModuleFrames::record).toList()));
  }

  /** A PING. */
  public static byte[] ping(int seq) {
    return frame(seq, new Ping());
  }

  /** A BYE. */
  public static byte[] bye(int seq) {
    return frame(seq, new Bye());
  }

  /** Any packet as a frame. */
  public static byte[] frame(int seq, Packet packet) {
    return FrameEncoder.encode(packet.type(), seq, PacketEncoder.payload(packet));
  }

  /** The frame with its last byte changed. */
  public static byte[] broken(byte[] frame) {
    byte[] bytes = frame.clone();
    bytes[bytes.length - 1] ^= 0x55;
    return bytes;
  }

  /** Frames one after the other. */
  public static byte[] together(byte[]... frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      out.writeBytes(frame);
    }
    return out.toByteArray();
  }

  /** What the server sent, as "type seq what": "ACK 2 new", "REJECT 3 MALFORMED". */
  public static List<String> answers(byte[] bytes) {
    List<String> answers = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      if (!(FrameParser.parse(in) instanceof FrameParse.Whole whole)) {
        throw new AssertionError("not a whole frame at " + in.position());
      }
      answers.add(answer(whole.frame()));
    }
    return answers;
  }

  /** One frame of the server, as {@link #answers} puts it. */
  public static String answer(Frame frame) {
    try {
      Packet.Downlink packet = PacketDecoder.downlink(frame.type(), frame.payload());
      return said(frame.seq(), packet) + (frame.authenticated() ? " tagged" : "");
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static String said(int seq, Packet.Downlink packet) {
    if (packet instanceof HelloAck ack) {
      return "HELLO_ACK %d %s".formatted(seq, ack.result());
    }
    if (packet instanceof Ack ack) {
      String due = ack.pendingCommands() == 0 ? "" : " " + ack.pendingCommands() + " due";
      return "ACK %d %s%s".formatted(seq, ack.alreadyStored() ? "again" : "new", due);
    }
    if (packet instanceof Command command) {
      return "COMMAND %d %d".formatted(seq, command.commandId());
    }
    if (packet instanceof Relayed relayed) {
      return "RELAY %d %d (%s)".formatted(seq, relayed.serial(), said(seq, relayed.inner()));
    }
    return "REJECT %d %s".formatted(seq, ((Reject) packet).reason());
  }

  private static Reading record(long number) {
    return new Reading(
        number,
        1_690_000_000L,
        1_690_000_000L,
        12.345,
        99.9f,
        21.5f,
        3.6f,
        0,
        0,
        0,
        0,
        0,
        4097,
        -71,
        3,
        60,
        100,
        24);
  }
}
