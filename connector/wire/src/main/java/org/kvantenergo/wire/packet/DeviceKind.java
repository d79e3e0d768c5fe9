package org.kvantenergo.wire.packet;

/** Who opens a session (HELLO, field kind). */
public enum DeviceKind {
  /** A telemetry module: code 0, known by its IMEI. */
  MODULE(0),
  /** A base station that relays for telemetry blocks: code 1, known by its serial number. */
  BASE_STATION(1);

  private final int code;

  DeviceKind(int code) {
    this.code = code;
  }

  /** Wire code, u8. */
  public int code() {
    return code;
  }
}
