package org.kvantenergo.command.internal;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand.SendArchive;
import org.kvantenergo.wire.command.DeviceCommand.SetRetries;
import org.kvantenergo.wire.command.DeviceCommand.SetSchedule;

/** From what is kept of a command to what people read of it. Secrets are not looked at. */
final class Texts {

  private Texts() {}

  /** Of a row with the columns code and arguments. */
  static CommandText of(ResultSet row) throws SQLException {
    return of(row.getInt("code"), row.getBytes("arguments"));
  }

  /** Only the kind of one whose arguments are not its own. */
  static CommandText of(int code, byte[] kept) {
    Optional<CommandKind> kind = CommandKind.of(code);
    CommandText bare = new CommandText(kind.orElse(null), null, null, null, null, null, null, null);
    if (kind.isEmpty()) {
      return bare;
    }
    try {
      return switch (kind.get()) {
        case METROLOGICAL, TECHNOLOGICAL -> bare;
        case APN -> CommandText.apn(name(kept));
        case SCHEDULE, RETRIES, ARCHIVE -> decoded(code, kept);
      };
    } catch (IllegalArgumentException e) {
      return bare;
    }
  }

  private static CommandText decoded(int code, byte[] kept) {
    var command = CommandCodec.decode(code, kept);
    if (command instanceof SetSchedule schedule) {
      return CommandText.schedule(
          schedule.contractDay(), schedule.contractHour(), schedule.period());
    }
    if (command instanceof SetRetries retries) {
      return CommandText.retries(retries.retries());
    }
    SendArchive period = (SendArchive) command;
    return CommandText.archive(
        Instant.ofEpochSecond(period.from()), Instant.ofEpochSecond(period.to()));
  }

  private static String name(byte[] kept) {
    if (kept.length == 0) {
      return "";
    }
    int length = Math.min(kept[0] & 0xFF, kept.length - 1);
    return new String(kept, 1, length, StandardCharsets.UTF_8);
  }

  /** In one line, for the audit. */
  static String line(CommandText text) {
    return Stream.of(
            text.kind(),
            text.contractDay(),
            text.contractHour(),
            text.periodMinutes(),
            text.retries(),
            text.apn(),
            text.from(),
            text.to())
        .filter(part -> part != null)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}
