package org.kvantenergo.adapter.metrics;

import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Relay;

/** Frames as they are counted: whoever sends types of his own makes but one more of them. */
public enum FrameKind {
  HELLO,
  READINGS,
  INFO,
  COMMAND_RESULT,
  PING,
  BYE,
  RELAY,
  /** A whole frame of a type that is not ours. */
  UNKNOWN,
  /** Wrong CRC, too long, of another version, or no frame at all. */
  DAMAGED;

  /** The kind of what was parsed. */
  public static FrameKind of(FrameParse parse) {
    return parse instanceof FrameParse.Whole whole ? of(whole.frame().type()) : DAMAGED;
  }

  private static FrameKind of(int type) {
    return switch (type) {
      case Hello.TYPE -> HELLO;
      case Readings.TYPE -> READINGS;
      case Info.TYPE -> INFO;
      case CommandResult.TYPE -> COMMAND_RESULT;
      case Ping.TYPE -> PING;
      case Bye.TYPE -> BYE;
      case Relay.TYPE -> RELAY;
      default -> UNKNOWN;
    };
  }
}
