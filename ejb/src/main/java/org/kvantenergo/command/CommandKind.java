package org.kvantenergo.command;

import java.util.Optional;
import java.util.stream.Stream;

/** What devices can be told, as docs/protocol.md has it in «84 COMMAND». */
public enum CommandKind {
  /** «Установка расписания модуля»: contract day and hour, exchange period. */
  SCHEDULE(1, true, true),
  /** «Перевести в метрологический режим»: locks the settings. */
  METROLOGICAL(2, false, true),
  /** «Технологический режим»: opens the settings; the one command that a locked device obeys. */
  TECHNOLOGICAL(3, false, true),
  /** «Количество повторов выполнения команды»: attempts after a connection error. */
  RETRIES(4, true, true),
  /** The access point of the SIM. */
  APN(5, true, true),
  /** The records of a period once more. */
  ARCHIVE(6, false, false);

  private final int code;
  private final boolean setting;
  private final boolean superseding;

  CommandKind(int code, boolean setting, boolean superseding) {
    this.code = code;
    this.setting = setting;
    this.superseding = superseding;
  }

  /** Code on the wire, u8. */
  public int code() {
    return code;
  }

  /** Whether it changes a setting, so that a locked device refuses it and INFO proves it. */
  public boolean setting() {
    return setting;
  }

  /** Whether a new one takes the place of one that is still queued for the device. */
  public boolean superseding() {
    return superseding;
  }

  /** The kind with a code; empty if only a newer program knows it. */
  public static Optional<CommandKind> of(int code) {
    return Stream.of(values()).filter(kind -> kind.code == code).findFirst();
  }
}
