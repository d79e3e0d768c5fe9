package org.kvantenergo.simulator;

import java.util.List;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.Readings;

/** How a device carries out a command (docs/protocol.md, "Commands"). Holds nothing itself. */
final class Orders {

  /** COMMAND_RESULT codes. */
  static final int DONE = 0;

  static final int LOCKED = 1;
  static final int UNSUPPORTED = 2;
  static final int BAD_ARGUMENT = 3;

  private static final int HIGHEST_CODE = 6;
  private static final int OPENS = 3;

  private Orders() {}

  /**
   * What became of a command.
   *
   * @param result code of COMMAND_RESULT
   * @param archive frames that go before the result
   * @param info whether INFO follows the result
   */
  record Outcome(int result, List<Readings> archive, boolean info) {

    private static Outcome refused(int result) {
      return new Outcome(result, List.of(), false);
    }
  }

  /** Does what the command says, or does not. */
  static Outcome carryOut(Command command, DeviceSettings settings, RecordMemory records) {
    if (command.code() < 1 || command.code() > HIGHEST_CODE) {
      return Outcome.refused(UNSUPPORTED);
    }
    if (!settings.open() && command.code() != OPENS) {
      return Outcome.refused(LOCKED);
    }
    try {
      return obey(CommandCodec.decode(command.code(), command.arguments()), settings, records);
    } catch (IllegalArgumentException e) {
      return Outcome.refused(BAD_ARGUMENT);
    }
  }

  private static Outcome obey(DeviceCommand order, DeviceSettings settings, RecordMemory records) {
    List<Readings> archive = List.of();
    boolean info = true;
    if (order instanceof DeviceCommand.SetSchedule schedule) {
      settings.schedule(schedule);
    } else if (order instanceof DeviceCommand.SetRetries retries) {
      settings.retries(retries);
    } else if (order instanceof DeviceCommand.SetApn apn) {
      settings.apn(apn);
    } else {
      info = false;
      if (order instanceof DeviceCommand.SendArchive period) {
        archive = records.between(period.from(), period.to());
      } else {
        settings.open(order instanceof DeviceCommand.TechnologicalMode);
      }
    }
    return new Outcome(DONE, archive, info);
  }
}
