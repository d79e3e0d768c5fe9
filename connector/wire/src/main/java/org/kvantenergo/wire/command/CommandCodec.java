package org.kvantenergo.wire.command;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.kvantenergo.wire.command.DeviceCommand.MetrologicalMode;
import org.kvantenergo.wire.command.DeviceCommand.SendArchive;
import org.kvantenergo.wire.command.DeviceCommand.SetApn;
import org.kvantenergo.wire.command.DeviceCommand.SetRetries;
import org.kvantenergo.wire.command.DeviceCommand.SetSchedule;
import org.kvantenergo.wire.command.DeviceCommand.TechnologicalMode;

/** Commands to the arguments of a COMMAND frame, and back. */
public final class CommandCodec {

  private static final int MAX_ARGUMENTS = 3 * (1 + Range.MAX_TEXT);

  private CommandCodec() {}

  /** The bytes after the code. */
  public static byte[] arguments(DeviceCommand command) {
    ByteBuffer out = ByteBuffer.allocate(MAX_ARGUMENTS).order(ByteOrder.LITTLE_ENDIAN);
    if (command instanceof SetSchedule schedule) {
      out.put((byte) schedule.contractDay()).put((byte) schedule.contractHour());
      out.putShort((short) schedule.period());
    } else if (command instanceof SetRetries retries) {
      out.put((byte) retries.retries());
    } else if (command instanceof SetApn apn) {
      put(out, apn.apn());
      put(out, apn.login());
      put(out, apn.password());
    } else if (command instanceof SendArchive archive) {
      out.putInt((int) archive.from()).putInt((int) archive.to());
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  /**
   * The command that a COMMAND frame carries: for emulators and for showing what was sent.
   *
   * @throws IllegalArgumentException if the code is unknown or the arguments are not its own
   */
  public static DeviceCommand decode(int code, byte[] arguments) {
    ByteBuffer in = ByteBuffer.wrap(arguments).order(ByteOrder.LITTLE_ENDIAN);
    try {
      DeviceCommand command = decode(code, in);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(
            "command code %d: %d bytes left over".formatted(code, in.remaining()));
      }
      return command;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("command code %d: too short".formatted(code), e);
    }
  }

  private static DeviceCommand decode(int code, ByteBuffer in) {
    return switch (code) {
      case SetSchedule.CODE -> new SetSchedule(u8(in), u8(in), in.getShort() & 0xFFFF);
      case MetrologicalMode.CODE -> new MetrologicalMode();
      case TechnologicalMode.CODE -> new TechnologicalMode();
      case SetRetries.CODE -> new SetRetries(u8(in));
      case SetApn.CODE -> new SetApn(text(in), text(in), text(in));
      case SendArchive.CODE -> new SendArchive(u32(in), u32(in));
      default -> throw new IllegalArgumentException("command code " + code);
    };
  }

  private static void put(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.put((byte) bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in) {
    int length = u8(in);
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text of a command is not UTF-8", e);
    }
  }

  private static int u8(ByteBuffer in) {
    return in.get() & 0xFF;
  }

  private static long u32(ByteBuffer in) {
    return in.getInt() & 0xFFFF_FFFFL;
  }
}
