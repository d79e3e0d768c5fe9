package org.kvantenergo.wire.command;

/** A command of docs/protocol.md, "84 COMMAND". Constructors check what a device would refuse. */
public sealed interface DeviceCommand {

  /** Code of the command, u8. */
  int code();

  /**
   * When the module reports.
   *
   * @param contractDay 1..28
   * @param contractHour 0..23
   * @param period exchange period, 1..44640 min
   */
  record SetSchedule(int contractDay, int contractHour, int period) implements DeviceCommand {
    static final int CODE = 1;

    /** Checks the ranges. */
    public SetSchedule {
      Range.check("contractDay", contractDay, 1, 28);
      Range.check("contractHour", contractHour, 0, 23);
      Range.check("period", period, 1, 44_640);
    }

    @Override
    public int code() {
      return CODE;
    }
  }

  /** Locks the settings. */
  record MetrologicalMode() implements DeviceCommand {
    static final int CODE = 2;

    @Override
    public int code() {
      return CODE;
    }
  }

  /** Opens the settings; the one command that a locked module obeys. */
  record TechnologicalMode() implements DeviceCommand {
    static final int CODE = 3;

    @Override
    public int code() {
      return CODE;
    }
  }

  /**
   * How often a module tries again after a connection error.
   *
   * @param retries 0..10
   */
  record SetRetries(int retries) implements DeviceCommand {
    static final int CODE = 4;

    /** Checks the range. */
    public SetRetries {
      Range.check("retries", retries, 0, 10);
    }

    @Override
    public int code() {
      return CODE;
    }
  }

  /**
   * The access point of the SIM.
   *
   * @param apn at most 63 bytes of UTF-8, no U+0000
   * @param login likewise
   * @param password likewise; a secret: left out of {@link #toString()}
   */
  record SetApn(String apn, String login, String password) implements DeviceCommand {
    static final int CODE = 5;

    /** Checks the lengths. */
    public SetApn {
      Range.checkText("apn", apn);
      Range.checkText("login", login);
      Range.checkText("password", password);
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public String toString() {
      return "SetApn[apn=%s]".formatted(apn);
    }
  }

  /**
   * Sends the records of a period once more.
   *
   * @param from module time, u32 seconds since 1970-01-01T00:00:00Z, inclusive
   * @param to likewise, not before {@code from}
   */
  record SendArchive(long from, long to) implements DeviceCommand {
    static final int CODE = 6;

    /** Checks the ranges. */
    public SendArchive {
      Range.check("from", from, 0, 0xFFFF_FFFFL);
      Range.check("to", to, from, 0xFFFF_FFFFL);
    }

    @Override
    public int code() {
      return CODE;
    }
  }
}
