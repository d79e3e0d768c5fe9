package org.kvantenergo.simulator;

import org.kvantenergo.wire.command.DeviceCommand;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;

/**
 * The settings in force in a device, as commands change them. At first those of the manual's figure
 * 7, locked: bit 14 of the recorded status words is clear. Touched on one event loop alone.
 */
final class DeviceSettings {

  /** Bit 14 of the status word: technological mode, settings open. */
  static final int TECHNOLOGICAL = 1 << 14;

  private int contractDay = 1;
  private int contractHour;
  private int retries = 3;
  private int commandedPeriod;
  private String apn = "";
  private String login = "";
  private String password = "";
  private boolean open;

  /** Metrological if not open. */
  boolean open() {
    return open;
  }

  void open(boolean isOpen) {
    open = isOpen;
  }

  void schedule(DeviceCommand.SetSchedule command) {
    contractDay = command.contractDay();
    contractHour = command.contractHour();
    commandedPeriod = command.period();
  }

  void retries(DeviceCommand.SetRetries command) {
    retries = command.retries();
  }

  void apn(DeviceCommand.SetApn command) {
    apn = command.apn();
    login = command.login();
    password = command.password();
  }

  /**
   * INFO with these settings.
   *
   * @param period of the newest record, min; a commanded one counts more
   * @param rssi dBm
   * @param failedSessions u16
   */
  Info info(int period, int rssi, int failedSessions) {
    int inForce = commandedPeriod == 0 ? period : commandedPeriod;
    return new Info(
        contractDay, contractHour, inForce, rssi, failedSessions, retries, apn, login, password);
  }

  /** Takes over what an earlier run told in INFO. */
  void restore(Info info, boolean isOpen, boolean periodCommanded) {
    contractDay = info.contractDay();
    contractHour = info.contractHour();
    retries = info.retries();
    commandedPeriod = periodCommanded ? info.period() : 0;
    apn = info.apn();
    login = info.login();
    password = info.password();
    open = isOpen;
  }

  boolean periodCommanded() {
    return commandedPeriod != 0;
  }

  /** The record as a device with these settings makes it. */
  Reading inForce(Reading r) {
    int period = commandedPeriod == 0 ? r.period() : commandedPeriod;
    int status = open ? r.status() | TECHNOLOGICAL : r.status() & ~TECHNOLOGICAL;
    if (period == r.period() && status == r.status()) {
      return r;
    }
    return new Reading(
        r.recordNumber(),
        r.moduleTime(),
        r.meterTime(),
        r.reading(),
        r.resource(),
        r.temperature(),
        r.battery(),
        r.measurementErrors(),
        r.temperatureErrors(),
        r.controlErrors(),
        r.calibrationErrors(),
        r.hardwareErrors(),
        status,
        r.rssi(),
        r.band(),
        period,
        r.sessionsTotal(),
        r.sessionsDay());
  }
}
